"""What `musubi bench` measures: pages and searches as p95, beside what a plain query would cost in the same run."""
