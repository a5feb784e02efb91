"""Documents in, statements out: who asked, offered, promised, answered what of whom, and where."""
