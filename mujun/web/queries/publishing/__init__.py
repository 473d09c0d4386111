"""What goes out with a notice and with an issue: lists in every form, checkpoint, bundle. Gathers; writes nothing."""
