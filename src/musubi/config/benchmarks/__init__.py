"""What `musubi bench` measures: pages, the index and the matching, beside what others would cost in the same run."""
