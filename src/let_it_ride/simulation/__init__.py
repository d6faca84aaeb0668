"""Many sessions: seeds, the kernel, the controller and its workers, results and their proof."""
