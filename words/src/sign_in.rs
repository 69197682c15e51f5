messages! {
    sign_in:
}
