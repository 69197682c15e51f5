//! What is shown, as a file.

use super::roster::RowModel;
use super::wording::label;
use crate::views::csv::Csv;
use contract::{CoworkerId, Permission};
use words::permissions as say;

/// A row per member, in the order on the screen and in the words on it: people read it, nothing else does. What is
/// unknown is an empty cell.
pub(super) fn csv(rows: impl Iterator<Item = (CoworkerId, RowModel)>) -> String {
    let mut headings = vec![say::file_id(), say::column_member(), say::column_company(), say::column_role()];
    headings.extend(Permission::ALL.map(label));
    headings.extend([say::access_card(), say::file_also_in()]);
    let mut file = Csv::new(&headings);
    for (id, row) in rows {
        let mut cells = vec![id.to_string(), row.name, row.company, row.role.to_owned()];
        cells.extend(row.cells.iter().map(|cell| match cell.on {
            Some(true) => say::file_yes().to_owned(),
            Some(false) => say::file_no().to_owned(),
            None => String::new(),
        }));
        cells.extend([row.card, row.elsewhere]);
        file.row(&cells);
    }
    file.text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::csv::tests::read;
    use crate::views::user::team::permissions::roster::Cell;

    #[test]
    fn every_member_is_a_row_of_the_same_columns_and_no_name_is_a_formula() {
        let mut row =
            RowModel { name: "=cmd()".into(), role: "Member", card: "-1".into(), ..RowModel::default() };
        row.cells[0] = Cell { on: Some(true), ..Cell::default() };
        row.cells[1] = Cell { on: Some(false), ..Cell::default() };
        let rows = read(&csv([(CoworkerId(7), row)].into_iter()));
        assert_eq!((rows[0].len(), rows[1].len()), (12, 12));
        assert_eq!(rows[1][..7], ["7", "'=cmd()", "", "Member", "yes", "no", ""]);
        assert_eq!(rows[1][10], "'-1");
    }
}
