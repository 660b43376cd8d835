//! Blocks as HTML: what the page shows and prints, and what the command line writes.

use super::block::{Block, Body, Density, Paper, Run, Table, numbers, words};
use super::edit::{Mark, cell_ids, lines};
use super::setting::{centred, signature_indent, title_lines, title_room};

/// How a paper is set on a sheet of A4, for whoever shows the text that [`html`] gives.
pub const STYLE: &str = include_str!("../../../style/paper.css");

/// A text as it stands in HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The paper with a person's words, as one element. Every text is escaped; `data-block` holds the id of what may be
/// written anew, `data-mark` how its words came about where they are not as computed.
pub fn html(paper: &Paper) -> String {
    let blocks = paper.shown();
    let mut writer = Writer::new(paper);
    let count = 1 + blocks.iter().filter(|block| block.body == Body::Break).count();
    if paper.density == Density::Norm && count > 1 {
        let rules: String = (2..=count).map(page_rules).collect();
        writer.out.push_str(&format!("<style>{rules}</style>"));
    }
    let mut own = 1;
    for (at, (block, number)) in blocks.iter().zip(numbers(&blocks)).enumerate() {
        let next = blocks.get(at + 1).map(|next| &next.body);
        writer.is_last = matches!(next, Some(Body::Signature(_)));
        match (&block.body, next) {
            (Body::Signature(text), Some(Body::Date(date))) => writer.signature(&block.id, text, date),
            (Body::Break, _) => {
                own += 1;
                let close = if own > 2 { "</section>" } else { "" };
                writer.out.push_str(&format!(
                    "<div class=\"paper-break\"></div>{close}<section{}>",
                    page_of(paper, own)
                ));
            }
            _ => writer.block(block, &number),
        }
    }
    writer
        .out
        .push_str(if own > 1 { "</section></article>" } else { "</article>" });
    writer.out
}

/// The pages of one of several papers; those of a single page have no numbers.
fn page_of(paper: &Paper, own: usize) -> String {
    match paper.density {
        Density::Norm => format!(" style=\"page:paper-{own}\""),
        Density::OnePage => String::new(),
    }
}

/// Pages of a later paper of several, that count from one. Browsers know on which side of a sheet a page lies, not whether
/// its own number is odd: the number stands on the right, as that of a first page.
fn page_rules(own: usize) -> String {
    format!(
        "@page paper-{own} {{ size: A4; margin: 37mm 26mm 35mm 28mm; counter-increment: paper-{own}; \
         @bottom-center {{ content: none; }} @bottom-right {{ content: \"— \" counter(paper-{own}) \" —\"; \
         font: 14pt SimSun, serif; padding-right: 14pt; vertical-align: top; padding-top: 7mm; }} }}\n"
    )
}

/// The paper while a person writes in it: a field for each place, with all its lines, and one below each table; what was
/// left out stands there empty.
pub fn html_open(paper: &Paper) -> String {
    let shown = paper.shown();
    let numbers: Vec<(&str, String)> = shown.iter().map(|b| b.id.as_str()).zip(numbers(&shown)).collect();
    let number = |id: &str| {
        let found = numbers.iter().find(|(own, _)| *own == id);
        found.map_or("", |(_, number)| number.as_str())
    };
    let mut writer = Writer::new(paper);
    for block in &paper.blocks {
        let id = &block.id;
        let said = |text: &String| paper.said(id, &[Run::plain(text)]);
        match &block.body {
            Body::Title(text) => writer.field("paper-title", id, "", &said(text)),
            Body::Number(text) => writer.field("paper-number", id, "", &said(text)),
            Body::Addressee(text) => writer.field("paper-addressee", id, "", &said(text)),
            Body::Heading(level, text) => {
                let class = format!("paper-heading-{}", level.clamp(&1, &4));
                writer.field(&class, id, number(id), &said(text));
            }
            Body::Paragraph(runs) => writer.field("paper-text", id, "", &paper.said(id, runs)),
            Body::List(items) => {
                for item in items {
                    writer.field("paper-text", &item.id, "", &paper.said(&item.id, &item.runs));
                }
            }
            Body::Table(table) => {
                writer.table(id, table, true);
                writer.field("paper-text paper-more", id, "", &said(&String::new()));
            }
            Body::Annex(text) => {
                writer.out.push_str("<p class=\"paper-annex\">附件</p>");
                writer.field("paper-title", id, "", &said(text));
            }
            Body::Signature(text) => writer.field("paper-signature", id, "", &said(text)),
            Body::Date(text) => writer.field("paper-date", id, "", &said(text)),
            _ => writer.block(block, ""),
        }
    }
    writer.out.push_str("</article>");
    writer.out
}

impl<'a> Writer<'a> {
    fn new(paper: &'a Paper) -> Writer<'a> {
        let density = match paper.density {
            Density::Norm => "",
            Density::OnePage => " paper-one",
        };
        let face = if paper.times { " paper-times" } else { "" };
        Writer {
            out: format!("<article class=\"paper{density}{face}\" lang=\"zh-CN\">"),
            paper,
            is_last: false,
        }
    }
}

/// A whole document of the paper alone, with its style and its pictures.
#[cfg(not(target_arch = "wasm32"))]
pub fn document(paper: &Paper) -> String {
    let mut text = html(paper);
    for block in paper.shown() {
        if let Body::Picture(source, caption) = &block.body {
            let place = format!("data-picture=\"{}\">", escaped(source));
            let drawn = super::picture::svg(source, caption);
            text = text.replace(&place, &format!("{place}{drawn}"));
        }
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n{}\n</body>\n</html>\n",
        escaped(&title(paper)),
        text
    )
}

/// The title of a paper as it is shown.
pub fn title(paper: &Paper) -> String {
    let found = paper.shown().into_iter().find_map(|block| match block.body {
        Body::Title(text) => Some(text.replace('\n', "")),
        _ => None,
    });
    found.unwrap_or_default()
}

struct Writer<'a> {
    out: String,
    paper: &'a Paper,
    /// Who signs comes next: what stands here goes with it.
    is_last: bool,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block, number: &str) {
        let id = &block.id;
        match &block.body {
            Body::Title(text) => self.title("h1", id, text),
            Body::Number(text) => self.text("p", "paper-number", id, text),
            Body::Addressee(text) => self.text("p", "paper-addressee", id, text),
            Body::Heading(level, text) => {
                let tag = format!("h{}", level.clamp(&1, &4) + 1);
                self.open(&tag, &format!("paper-heading-{}", level.clamp(&1, &4)), id);
                self.out
                    .push_str(&format!("<span class=\"paper-count\">{number}</span>{}", escaped(text)));
                self.out.push_str(&format!("</{tag}>"));
            }
            Body::Paragraph(runs) => self.paragraph(id, runs),
            Body::List(items) => items.iter().for_each(|item| self.paragraph(&item.id, &item.runs)),
            Body::Table(table) => self.table(id, table, false),
            Body::Picture(source, caption) => self.out.push_str(&format!(
                "<figure class=\"paper-picture\" data-picture=\"{}\"><figcaption>{}</figcaption></figure>",
                escaped(source),
                escaped(caption)
            )),
            Body::Signature(text) => self.text("p", "paper-signature", id, text),
            Body::Date(text) => self.text("p", "paper-date", id, text),
            Body::Attachments(items) => {
                for (at, item) in items.iter().enumerate() {
                    let number = match (items.len(), at) {
                        (1, _) => "附件：".to_owned(),
                        (_, 0) => "附件：1. ".to_owned(),
                        (_, at) => format!("　　　{}. ", at + 1),
                    };
                    let class = if at == 0 { "paper-attached" } else { "paper-text" };
                    self.out
                        .push_str(&format!("<p class=\"{class}\">{number}{}</p>", escaped(item)));
                }
            }
            Body::Annex(text) => {
                self.out.push_str("<p class=\"paper-annex\">附件</p>");
                self.title("p", id, text);
            }
            Body::Lines(count) => (0..*count).for_each(|_| self.out.push_str("<p class=\"paper-line\"></p>")),
            Body::Break | Body::Page => self.out.push_str("<div class=\"paper-break\"></div>"),
        }
    }

    /// A title, in lines of about the same length.
    fn title(&mut self, tag: &str, id: &str, text: &str) {
        let text = title_lines(text, title_room(self.paper.density == Density::OnePage));
        self.open(tag, "paper-title", id);
        self.out.push_str(&escaped(&text).replace('\n', "<br>"));
        self.out.push_str(&format!("</{tag}>"));
    }

    /// Who signs, over the middle of the date.
    fn signature(&mut self, id: &str, text: &str, date: &str) {
        let halves = signature_indent(text, date);
        self.opened(
            "p",
            "paper-signature",
            id,
            &format!(" style=\"padding-right:{}em\"", halves as f32 / 2.0),
        );
        self.out.push_str(&escaped(text));
        self.out.push_str("</p>");
    }

    fn open(&mut self, tag: &str, class: &str, id: &str) {
        self.opened(tag, class, id, "");
    }

    fn opened(&mut self, tag: &str, class: &str, id: &str, more: &str) {
        let mark = self.mark(id);
        self.out.push_str(&format!(
            "<{tag} class=\"{class}\" data-block=\"{}\"{mark}{more}>",
            escaped(id)
        ));
    }

    fn text(&mut self, tag: &str, class: &str, id: &str, text: &str) {
        self.open(tag, class, id);
        self.out.push_str(&escaped(text));
        if class == "paper-addressee" {
            self.out.push_str("<span class=\"paper-count\">：</span>");
        }
        self.out.push_str(&format!("</{tag}>"));
    }

    fn paragraph(&mut self, id: &str, runs: &[Run]) {
        self.open("p", "paper-text", id);
        self.runs(runs);
        self.out.push_str("</p>");
    }

    /// A field that holds every line of a place, what counts it aside.
    fn field(&mut self, class: &str, id: &str, number: &str, runs: &[Run]) {
        if !number.is_empty() {
            self.out.push_str(&format!(
                "<div class=\"{class}\"><span class=\"paper-count\">{number}</span>"
            ));
            self.field("paper-field", id, "", runs);
            self.out.push_str("</div>");
            return;
        }
        self.open("div", class, id);
        self.lines(runs);
        self.out.push_str("</div>");
    }

    /// Lines as fields hold them: the first as it is, each other as an element.
    fn lines(&mut self, runs: &[Run]) {
        for (at, line) in lines(runs).iter().enumerate() {
            if at > 0 {
                self.out.push_str("<div>");
            }
            self.runs(line);
            if at > 0 {
                self.out.push_str(if line.is_empty() { "<br></div>" } else { "</div>" });
            }
        }
    }

    /// Addresses of other places than this page are no addresses of records: they stay words.
    fn runs(&mut self, runs: &[Run]) {
        for run in runs {
            // Browsers break no line between % and （, so the line before would be stretched.
            let text = escaped(&run.text).replace("%（", "%<wbr>（");
            match run.href.starts_with("#/") {
                true => self
                    .out
                    .push_str(&format!("<a href=\"{}\">{text}</a>", escaped(&run.href))),
                false => self.out.push_str(&text),
            }
        }
    }

    fn table(&mut self, id: &str, table: &Table, is_open: bool) {
        let sum: u32 = table.widths.iter().map(|w| u32::from(*w)).sum::<u32>().max(1);
        let keep = if self.is_last { " paper-keep" } else { "" };
        self.out
            .push_str(&format!("<table class=\"paper-table{keep}\"><colgroup>"));
        for width in &table.widths {
            let tenths = u32::from(*width) * 1_000 / sum;
            self.out
                .push_str(&format!("<col style=\"width:{}.{}%\">", tenths / 10, tenths % 10));
        }
        self.out.push_str("</colgroup>");
        if !table.head.is_empty() {
            self.out.push_str("<thead><tr>");
            for name in &table.head {
                self.out.push_str(&format!("<th>{}</th>", escaped(name)));
            }
            self.out.push_str("</tr></thead>");
        }
        self.out.push_str("<tbody>");
        let open = match table.room {
            0 => "<tr>".to_owned(),
            room => format!("<tr style=\"height:{}.{}mm\">", room / 10, room % 10),
        };
        let middle = centred(table);
        // The rows as they were computed name the cells; those of a person may say something else.
        let computed = self.paper.blocks.iter().find_map(|block| match &block.body {
            Body::Table(own) if block.id == id => Some(own),
            _ => None,
        });
        let ids = cell_ids(id, computed.unwrap_or(table));
        let shown = self.paper.shown_table(id, computed.unwrap_or(table));
        for (row, ids) in shown.rows.iter().zip(&ids) {
            self.out.push_str(&open);
            for (at, is_middle) in middle.iter().enumerate() {
                let class = if *is_middle { "paper-middle" } else { "" };
                let cell = row.get(at).cloned().unwrap_or_default();
                self.cell(class, ids.get(at).filter(|_| is_open), ids.get(at), &cell);
            }
            self.out.push_str("</tr>");
        }
        self.out.push_str("</tbody></table>");
    }
}

impl Writer<'_> {
    /// A cell: a field while the paper is open.
    fn cell(&mut self, class: &str, field: Option<&String>, id: Option<&String>, cell: &Run) {
        let cell = std::slice::from_ref(cell);
        let class = match (class, field) {
            ("", None) => String::new(),
            (class, None) => format!(" class=\"{class}\""),
            (class, Some(id)) => format!(" class=\"{class}\" data-block=\"{}\"", escaped(id)),
        };
        let mark = id.map_or("", |id| self.mark(id));
        self.out.push_str(&format!("<td{class}{mark}>"));
        match field {
            Some(_) => self.lines(cell),
            None => self.runs(cell),
        }
        self.out.push_str("</td>");
    }

    fn mark(&self, id: &str) -> &'static str {
        match self.paper.mark(id) {
            Mark::Computed => "",
            Mark::Edited => " data-mark=\"edited\"",
            Mark::Outdated => " data-mark=\"outdated\"",
        }
    }
}

/// The paper as plain text, for a chat: a line a block.
pub fn plain(paper: &Paper) -> String {
    let blocks = paper.shown();
    let mut lines = Vec::new();
    for (block, number) in blocks.iter().zip(numbers(&blocks)) {
        match &block.body {
            Body::Title(text) | Body::Number(text) | Body::Signature(text) | Body::Date(text) => {
                lines.push(text.clone())
            }
            Body::Addressee(text) => lines.push(format!("{text}：")),
            Body::Heading(_, text) => lines.push(format!("{number}{text}")),
            Body::Paragraph(runs) => lines.push(words(runs)),
            Body::List(items) => lines.extend(items.iter().map(|item| words(&item.runs))),
            Body::Table(table) => {
                lines.extend((!table.head.is_empty()).then(|| table.head.join("\t")));
                let cells = |row: &Vec<Run>| row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("\t");
                lines.extend(table.rows.iter().map(cells));
            }
            Body::Attachments(items) => lines.extend(items.iter().map(|item| format!("附件：{item}"))),
            Body::Annex(text) => lines.push(format!("附件：{text}")),
            Body::Picture(..) | Body::Lines(_) | Body::Break | Body::Page => {}
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_escaped_and_only_addresses_of_this_page_are_links() {
        let run = |href: &str| Run::link("<b>1</b>", href);
        let paper = Paper {
            blocks: vec![
                Block {
                    id: "a\"b".to_owned(),
                    body: Body::Paragraph(vec![run("#/l/unit"), run("javascript:alert(1)")]),
                },
                Block {
                    id: "t".to_owned(),
                    body: Body::Table(Table {
                        head: vec!["<i>".to_owned()],
                        widths: vec![1, 2],
                        rows: vec![vec![Run::plain("&")]],
                        room: 75,
                    }),
                },
            ],
            ..Paper::default()
        };
        let shown = html(&paper);
        assert!(
            shown.contains(
                "data-block=\"a&quot;b\"><a href=\"#/l/unit\">&lt;b&gt;1&lt;/b&gt;</a>&lt;b&gt;1&lt;/b&gt;</p>"
            ),
            "{shown}"
        );
        assert!(
            shown.contains("<th>&lt;i&gt;</th>")
                && shown.contains(
                    "<tr style=\"height:7.5mm\"><td class=\"paper-middle\">&amp;</td><td class=\"paper-middle\"></td>"
                )
        );
        assert!(shown.contains("width:33.3%") && !shown.contains("javascript"));
    }

    #[test]
    fn headings_are_numbered_and_edits_are_marked() {
        let paper = Paper {
            blocks: vec![Block {
                id: "h".to_owned(),
                body: Body::Heading(2, "筑梦工程".to_owned()),
            }],
            ..Paper::default()
        }
        .edited("h", "筑梦");
        assert_eq!(
            html(&paper),
            "<article class=\"paper\" lang=\"zh-CN\"><h3 class=\"paper-heading-2\" data-block=\"h\" data-mark=\"edited\">\
             <span class=\"paper-count\">（一）</span>筑梦</h3></article>"
        );
        assert_eq!(plain(&paper), "（一）筑梦");
        assert!(document(&paper).contains("@page"));
    }
}
