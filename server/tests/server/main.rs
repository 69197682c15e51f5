//! The server, asked over its own router, and the program as it is started.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod audit;
mod checking;
mod child;
mod client;
mod connections;
mod controls;
mod exchange;
mod files;
mod impersonation;
mod location;
mod mail;
mod many_profiles;
mod members;
mod one_time;
mod operations;
mod operators;
mod own_profile;
mod pages;
mod password_reset;
mod permissions;
mod plans;
mod print_headers;
mod profiles;
mod program;
mod rate_limit;
mod routes;
mod second_factor;
mod settings;
mod stopping;
mod teams;
mod tls;
mod token;
mod upstream;
mod variables;
mod write_limit;
