// Puts a map in the place of the sketch, once somebody comes near it and a first piece of the map has arrived.
// The list beside it says everything: without script, or when no piece comes, the sketch stays. For screen readers
// the map is one picture with a name; its buttons stand beside it, and a press on a number leads into the list.

const STEP = 0.4; // of the picture, for a press on an arrow
const EDGE = [48, 40]; // pixels that the buttons need
const JAPAN = [[20, 122], [46, 154]];
const DIRECTIONS = { north: [0, -1], south: [0, 1], west: [-1, 0], east: [1, 0] };
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const touched = matchMedia("(pointer: coarse)").matches;

let leaflet;
function fetched({ script, style }) {
  leaflet ??= Promise.all([
    import(script),
    new Promise((done, failed) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = style;
      link.onload = done;
      link.onerror = failed;
      document.head.append(link);
    }),
  ]);
  return leaflet;
}

function mark(item, map) {
  const { number, latitude, longitude } = item.dataset;
  const icon = L.divIcon({ className: "map-mark", html: String(Number(number)), iconSize: [32, 32] });
  const marker = L.marker([latitude, longitude], { icon, keyboard: false, riseOnHover: true }).addTo(map);
  marker.on("click", () => {
    for (const other of item.parentElement.children) other.classList.toggle("place-here", other === item);
    item.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    item.querySelector("a")?.focus({ preventScroll: true });
  });
  const light = (on) => () => marker.getElement().classList.toggle("map-mark-here", on);
  for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
    item.addEventListener(name, light(on));
  }
  return marker.getLatLng();
}

function act(map, name, whole) {
  if (name === "closer") map.zoomIn();
  else if (name === "wider") map.zoomOut();
  else if (name === "whole") whole();
  else map.panBy(map.getSize().multiplyBy(STEP).scaleBy(L.point(DIRECTIONS[name])), { animate: !calm });
}

function draw(part) {
  const box = part.querySelector("[data-map]");
  const { tiles, lowest, highest, closest } = box.dataset;
  const zooms = { minZoom: Number(lowest), maxZoom: Number(highest) };
  box.hidden = false; // it has its size, and is seen once there is something to see
  const map = L.map(box, {
    ...zooms,
    attributionControl: false,
    zoomControl: false,
    keyboard: false,
    scrollWheelZoom: false, // the page scrolls on, also under a finger
    dragging: !touched,
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    markerZoomAnimation: !calm,
    inertia: !calm,
    maxBounds: JAPAN,
  });
  const points = [...part.querySelectorAll("li[data-number]")].map((item) => mark(item, map));
  const whole = () => map.fitBounds(points, {
    padding: EDGE, maxZoom: Math.min(Number(closest), zooms.maxZoom), animate: false,
  });
  whole();
  let shown = false;
  L.tileLayer(tiles, zooms)
    .once("tileload", () => {
      shown = true;
      part.classList.add("places-mapped");
      part.querySelector("[data-sketch]").setAttribute("hidden", "");
      for (const one of part.querySelectorAll("[data-map-acts], [data-map-source]")) one.hidden = false;
    })
    .once("load", () => {
      if (shown) return;
      box.hidden = true;
      setTimeout(() => map.remove()); // Leaflet is not through with its own turn
    })
    .addTo(map);
  part.querySelector("[data-map-acts]").addEventListener("click", (event) => {
    const button = event.target.closest("[data-map-act]");
    if (button) act(map, button.dataset.mapAct, whole);
  });
}

const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    fetched(target.querySelector("[data-map]").dataset).then(() => draw(target), () => {});
  }
}, { rootMargin: "200px" });
document.querySelectorAll("[data-places]").forEach((part) => near.observe(part));
