messages! {
    saving:
}
