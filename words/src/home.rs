messages! {
    home:
}
