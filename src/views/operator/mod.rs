//! What operators of the location do: find a customer and sign in as them.

mod customer_number;
mod customers_page;
mod recent_customers;

pub use customers_page::CustomersPage;
