//! What may be chosen in a column, what is said about it, and which blank cells are marked.

use super::Rows;
use crate::csv::headings;
use crate::sheet::{Column, Sheet};
use rust_xlsxwriter::{
    ConditionalFormatBlank, DataValidation, DataValidationErrorStyle, Format, Formula, Workbook, Worksheet, XlsxError,
};

/// Longest list that stands in a rule itself, commas included.
const LONGEST: usize = 255;
/// Longest title and text of a hint.
const TITLE: usize = 32;
/// Behind a blank cell that has to be filled in.
const YELLOW: u32 = 0x00FF_F2CC;

/// Long lists of a workbook; each is a column of a hidden sheet.
pub struct Lists {
    name: String,
    lists: Vec<Vec<String>>,
}

impl Lists {
    /// `name`: of the hidden sheet.
    pub fn new(name: String) -> Self {
        Self {
            name,
            lists: Vec::new(),
        }
    }

    /// Puts the rules of a sheet's columns on its rows.
    pub fn apply(&mut self, page: &mut Worksheet, sheet: &Sheet, rows: Rows) -> Result<(), XlsxError> {
        let Some(last) = rows.end.checked_sub(1).filter(|last| *last >= rows.first) else {
            return Ok(());
        };
        let names = headings(sheet);
        for (at, column) in (0..).zip(&sheet.columns) {
            if let Some(rule) = self.rule(column, &names[usize::from(at)])? {
                page.add_data_validation(rows.first, at, last, at, &rule)?;
            }
            if column.required {
                let format = Format::new().set_background_color(YELLOW);
                let blank = ConditionalFormatBlank::new().set_format(format);
                page.add_conditional_format(rows.first, at, last, at, &blank)?;
            }
        }
        Ok(())
    }

    fn rule(&mut self, column: &Column, name: &str) -> Result<Option<DataValidation>, XlsxError> {
        if column.choices.is_empty() && column.hint.is_empty() {
            return Ok(None);
        }
        let mut rule = DataValidation::new().allow_any_value();
        if !column.choices.is_empty() {
            rule = self.choice(&column.choices)?.show_error_message(!column.open);
            rule = rule
                .set_error_style(DataValidationErrorStyle::Stop)
                .set_error_title("填写有误")?
                .set_error_message("请从下拉列表中选择一项。")?;
        }
        if !column.hint.is_empty() {
            rule = rule
                .set_input_title(cut(name, TITLE))?
                .set_input_message(cut(&column.hint, LONGEST))?;
        }
        Ok(Some(rule))
    }

    fn choice(&mut self, choices: &[String]) -> Result<DataValidation, XlsxError> {
        let units: usize = choices.iter().map(|choice| choice.encode_utf16().count() + 1).sum();
        let strange = |choice: &String| choice.contains([',', '"', '\n', '\r']) || choice.trim() != choice;
        if units <= LONGEST && !choices.iter().any(strange) {
            return DataValidation::new().allow_list_strings(choices);
        }
        let at = self.lists.iter().position(|list| list == choices).unwrap_or_else(|| {
            self.lists.push(choices.to_vec());
            self.lists.len() - 1
        });
        let column = rust_xlsxwriter::utility::column_number_to_name(at as u16);
        let name = self.name.replace('\'', "''");
        let range = format!("='{name}'!${column}$1:${column}${}", choices.len());
        Ok(DataValidation::new().allow_list_formula(Formula::new(range)))
    }

    /// Adds the hidden sheet, if there is anything to put there.
    pub fn write(self, book: &mut Workbook) -> Result<(), XlsxError> {
        if self.lists.is_empty() {
            return Ok(());
        }
        let page = book.add_worksheet();
        page.set_name(&self.name)?.set_hidden(true);
        for (column, list) in (0..).zip(&self.lists) {
            for (row, choice) in (0..).zip(list) {
                page.write_string(row, column, choice)?;
            }
        }
        Ok(())
    }
}

/// At most so many UTF-16 units of a text.
fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= most
    };
    text.chars().take_while(fits).collect()
}
