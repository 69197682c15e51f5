messages! {
    ui:
    loading = "Loading";
    show_password = "Show password";
    messages = "Messages";
    dismiss = "Dismiss";
    unknown = "Unknown.";
    unknown_reason = "It can be changed once its state is known.";
}
