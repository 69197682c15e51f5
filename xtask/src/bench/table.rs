//! The figures as a table.

use serde_json::Value;

/// What was measured several times, and what it may come to.
#[derive(Debug, PartialEq)]
pub struct Line {
    name: String,
    unit: String,
    /// From the best to the worst; never empty.
    values: Vec<f64>,
    median_limit: Option<f64>,
    worst_limit: Option<f64>,
}

impl Line {
    fn median(&self) -> f64 {
        let at = |index: usize| self.values.get(index).copied().unwrap_or(f64::NAN);
        let middle = self.values.len() / 2;
        if self.values.len().is_multiple_of(2) {
            f64::midpoint(at(middle.saturating_sub(1)), at(middle))
        } else {
            at(middle)
        }
    }

    fn worst(&self) -> f64 {
        self.values.last().copied().unwrap_or(f64::NAN)
    }

    /// Frames are counted, everything else is measured.
    fn shown(&self, value: f64) -> String {
        if self.unit == "frames" { format!("{value:.0}") } else { format!("{value:.1}") }
    }

    fn limit(&self) -> String {
        let parts = [("median", self.median_limit), ("worst", self.worst_limit)];
        let said: Vec<_> =
            parts.iter().filter_map(|(what, limit)| limit.map(|limit| format!("{what} {limit}"))).collect();
        said.join(", ")
    }

    /// Nothing for a line that is only watched.
    fn verdict(&self) -> &'static str {
        let over = |value: f64, limit: Option<f64>| limit.map(|limit| value > limit);
        match (over(self.median(), self.median_limit), over(self.worst(), self.worst_limit)) {
            (None, None) => "",
            (Some(true), _) | (_, Some(true)) => "over",
            _ => "ok",
        }
    }
}

/// Reads the report; `None` when anything in it is not as it should be.
pub fn parse(report: &str) -> Option<Vec<Line>> {
    let report: Value = serde_json::from_str(report).ok()?;
    report.as_array()?.iter().map(line).collect()
}

fn line(value: &Value) -> Option<Line> {
    let text = |key| Some(value.get(key)?.as_str()?.to_owned());
    let limit = |key| value.get("limit")?.get(key)?.as_f64();
    let values = value.get("values")?.as_array()?;
    let mut values = values.iter().map(Value::as_f64).collect::<Option<Vec<_>>>()?;
    values.sort_by(f64::total_cmp);
    (!values.is_empty()).then_some(Line {
        name: text("name")?,
        unit: text("unit")?,
        values,
        median_limit: limit("median"),
        worst_limit: limit("worst"),
    })
}

/// All lines in the order in which they were measured, those with a limit first.
pub fn table(lines: &[Line]) -> String {
    let (limited, watched): (Vec<_>, Vec<_>) = lines.iter().partition(|line| !line.limit().is_empty());
    let mut rows = vec![["line", "unit", "median", "worst", "limit", ""].map(ToOwned::to_owned)];
    rows.extend(limited.into_iter().chain(watched).map(|line| {
        [
            line.name.clone(),
            line.unit.clone(),
            line.shown(line.median()),
            line.shown(line.worst()),
            line.limit(),
            line.verdict().to_owned(),
        ]
    }));
    let [name, unit, median, worst, limit, _] = widths(&rows);
    let mut text = String::new();
    for (index, [one, two, three, four, five, six]) in rows.iter().enumerate() {
        let row =
            format!("{one:<name$}  {two:<unit$}  {three:>median$}  {four:>worst$}  {five:<limit$}  {six}");
        text += row.trim_end();
        text.push('\n');
        if index == 0 {
            text += &"-".repeat(name + unit + median + worst + limit + 14);
            text.push('\n');
        }
    }
    text
}

fn widths(rows: &[[String; 6]]) -> [usize; 6] {
    rows.iter().fold([0; 6], |widest, row| {
        let mut cells = row.iter().map(|cell| cell.chars().count());
        widest.map(|width| width.max(cells.next().unwrap_or_default()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"[
        {"name":"heap","unit":"MB","values":[4],"limit":{}},
        {"name":"blank","unit":"frames","values":[0],"limit":{}},
        {"name":"letter to painted rows","unit":"ms","values":[30,10.25,20],"limit":{"median":20,"worst":50}},
        {"name":"frame","unit":"ms","values":[16,18],"limit":{"worst":17}}]"#;

    #[test]
    fn each_line_says_median_worst_limit_and_verdict_and_those_with_a_limit_come_first() {
        let table = table(&parse(REPORT).expect("understood"));
        let lines: Vec<_> =
            table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(lines[0], "line unit median worst limit");
        assert_eq!(lines[2], "letter to painted rows ms 20.0 30.0 median 20, worst 50 ok");
        assert_eq!(lines[3], "frame ms 17.0 18.0 worst 17 over");
        assert_eq!(lines[4], "heap MB 4.0 4.0");
        assert_eq!(lines[5], "blank frames 0 0");
    }

    #[test]
    fn the_columns_line_up() {
        let table = table(&parse(REPORT).expect("understood"));
        let ends: Vec<_> = table.lines().filter_map(|line| line.find("ms")).collect();
        assert_eq!(ends, [24, 24], "{table}");
    }

    #[test]
    fn a_median_over_its_limit_is_over_also_when_the_worst_is_not() {
        let lines = parse(r#"[{"name":"a","unit":"ms","values":[21,22],"limit":{"median":20,"worst":50}}]"#);
        assert_eq!(lines.expect("understood")[0].verdict(), "over");
    }

    #[test]
    fn a_report_without_values_or_with_something_else_is_not_understood() {
        for values in ["[]", "[null]", "3"] {
            assert_eq!(
                parse(&format!(r#"[{{"name":"a","unit":"ms","values":{values}}}]"#)),
                None,
                "{values}"
            );
        }
        assert_eq!(parse("not json"), None);
    }
}
