//! Every path of the machine, one sentence each.
