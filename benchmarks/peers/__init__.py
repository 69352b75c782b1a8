"""What Leadline is compared with: the same job as a careful tutorial does it, with the official SDK."""
