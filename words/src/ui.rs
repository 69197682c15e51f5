messages! {
    ui:
}
