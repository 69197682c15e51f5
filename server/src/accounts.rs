//! The demo accounts, for people.

use crate::sandbox::seed::PASSWORD;
use std::io::Write;

const ACCOUNTS: [(&str, &str); 10] = [
    ("maria.santos@example.com", "administers Lumen Studio and Northwind Labs, has two profiles"),
    ("tomas.lind@example.com", "administers Tidal Collective, has one profile"),
    ("jonas.weber@example.com", "also administers Lumen Studio, has one profile"),
    ("aisha.khan@example.com", "member of Lumen Studio with one profile"),
    ("leo.martin@example.com", "member with three profiles"),
    ("ops@example.com", "operator of the location"),
    ("nora.quill@example.com", "has 32 profiles; some of them administer teams"),
    ("vera.holm@example.com", "has a second factor; its code is on the page /sandbox/mail"),
    ("otto.brandt@example.com", "must choose a new password to sign in"),
    ("suspended@example.com", "suspended, cannot sign in"),
];

/// Prints the accounts as a table. An output that nobody reads is no error.
pub fn print_accounts(out: &mut impl Write) {
    let _ = writeln!(out, "{:<26}  {:<12}  Who it is", "Email", "Password");
    for (email, who) in ACCOUNTS {
        let _ = writeln!(out, "{email:<26}  {PASSWORD:<12}  {who}");
    }
}
