messages! {
    profiles:
    sign_in_as[name] = "Sign in as {name}";
    members_found(count: usize) = "{count} member found|{count} members found";
}
