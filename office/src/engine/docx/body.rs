//! The text of a document: its blocks as paragraphs and tables.

use super::parts::NAMES;
use super::{A4, Measures};
use crate::paper::{Block, Paper, Picture, Table};

/// Distance of the footer from the lower edge: the number stands 7 mm below the text.
const FOOTER: u32 = 1_307;
/// English metric units in a tenth of a millimetre, and in a twentieth of a point.
const EMU: (u64, u64) = (3_600, 635);
/// Rows of a table that go with the signature below it.
const LAST_ROWS: usize = 2;
/// Relations before those of pictures.
const FIXED: usize = 5;

/// A text as it stands in XML; characters that XML has no place for are left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c < ' ' && !matches!(c, '\t' | '\n' | '\r') => {}
            c => out.push(c),
        }
    }
    out
}

/// The document.
pub fn document(paper: &Paper, m: &Measures) -> String {
    let mut writer = Writer {
        out: format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document {NAMES} \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
             xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
             xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>"
        ),
        measures: m,
        pictures: 0,
        keeps: false,
        one_page: paper.one_page,
    };
    for (at, block) in paper.blocks.iter().enumerate() {
        // A signature never stands alone on a page: what stands above goes with it.
        writer.keeps = matches!(paper.blocks.get(at + 1), Some(Block::Signature(..)));
        writer.block(block);
    }
    let section = section(m, paper.one_page);
    writer.out.push_str(&format!("{section}</w:body></w:document>"));
    writer.out
}

/// The page of a paper; each paper of several counts its pages from one.
fn section(m: &Measures, one_page: bool) -> String {
    let [top, right, bottom, left] = m.margins;
    let (width, height) = A4;
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"even\" r:id=\"rId5\"/>\
         <w:pgSz w:w=\"{width}\" w:h=\"{height}\"/><w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" \
         w:left=\"{left}\" w:header=\"851\" w:footer=\"{}\" w:gutter=\"0\"/><w:pgNumType w:start=\"1\"/></w:sectPr>",
        if one_page { 600 } else { FOOTER }
    )
}

struct Writer<'a> {
    out: String,
    measures: &'a Measures,
    pictures: usize,
    /// What is written stays on the page of what follows.
    keeps: bool,
    one_page: bool,
}

/// Signs that take the Chinese face, whatever stands around them.
const fn is_chinese_sign(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// Runs of a text: signs that both scripts have are told to be Chinese.
fn runs(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_sign = is_chinese_sign(first);
        let end = rest.find(|c| is_chinese_sign(c) != is_sign).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        let hint = match is_sign {
            true => "<w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>",
            false => "",
        };
        for (at, line) in part.split('\n').enumerate() {
            let br = if at > 0 { "<w:br/>" } else { "" };
            out.push_str(&format!(
                "<w:r>{hint}{br}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
                escaped(line)
            ));
        }
        rest = after;
    }
    out
}

impl Writer<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(text) => self.title(text),
            Block::Number(text) => self.paragraph("DocumentNumber", text),
            Block::Addressee(text) => self.paragraph("Addressee", &format!("{text}：")),
            Block::Heading(level, text) => self.paragraph(&format!("Heading{}", level.clamp(&1, &4)), text),
            Block::Text(text) => self.paragraph("BodyText", text),
            Block::Table(table) => self.table(table),
            Block::Picture(picture) => self.picture(picture),
            Block::Signature(text, indent) => {
                self.keeps = true;
                self.gap();
                self.keeps = false;
                self.signature(text, *indent);
            }
            Block::Date(text) => self.paragraph("Date", text),
            Block::Attachments(items) => self.attachments(items),
            Block::Annex(title) => self.annex(title),
            Block::Lines(count) => (0..*count).for_each(|_| self.line()),
            Block::Page => self.out.push_str(
                "<w:p><w:pPr><w:spacing w:line=\"20\" w:lineRule=\"exact\"/></w:pPr><w:r><w:br w:type=\"page\"/></w:r></w:p>",
            ),
            Block::Break => {
                let section = section(self.measures, self.one_page);
                self.out.push_str(&format!(
                    "<w:p><w:pPr><w:spacing w:line=\"20\" w:lineRule=\"exact\"/>{section}</w:pPr></w:p>"
                ));
            }
        }
    }

    fn paragraph(&mut self, style: &str, text: &str) {
        let keep = if self.keeps { "<w:keepNext/>" } else { "" };
        self.styled(style, keep, text);
    }

    /// A paragraph with what differs from its style.
    fn styled(&mut self, style: &str, differs: &str, text: &str) {
        self.out
            .push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{differs}</w:pPr>"));
        self.out.push_str(&runs(text));
        self.out.push_str("</w:p>");
    }

    /// Who signs, so many half characters from the right.
    fn signature(&mut self, text: &str, indent: usize) {
        let indent = self.measures.half() * u32::try_from(indent).unwrap_or_default();
        self.styled("Signature", &format!("<w:ind w:right=\"{indent}\"/>"), text);
    }

    /// A narrow strip before or after a table: two tables in a row would be one, and a document ends with a paragraph.
    fn strip(&mut self, height: u32, keep: &str) {
        self.out.push_str(&format!(
            "<w:p><w:pPr>{keep}<w:spacing w:line=\"{height}\" w:lineRule=\"exact\"/></w:pPr></w:p>"
        ));
    }

    /// An empty line; a single page has no room for it.
    fn gap(&mut self) {
        if !self.one_page {
            self.paragraph("Normal", "");
        }
    }

    /// The title with the empty line below.
    fn title(&mut self, text: &str) {
        self.paragraph("Title", text);
        self.gap();
    }

    /// One line below the text, indented two characters; several are numbered.
    fn attachments(&mut self, items: &[String]) {
        self.gap();
        for (at, item) in items.iter().enumerate() {
            let text = match (items.len(), at) {
                (1, _) => format!("附件：{item}"),
                (_, 0) => format!("附件：1. {item}"),
                (_, at) => format!("　　　{}. {item}", at + 1),
            };
            self.paragraph("BodyText", &text);
        }
    }

    /// 附件 in 黑体 in the upper left corner, the title in the middle of the third line (GB/T 9704—2012, 7.3.9).
    fn annex(&mut self, title: &str) {
        self.paragraph("Annex", "附件");
        self.gap();
        self.title(title);
    }

    /// A ruled line to write on.
    fn line(&mut self) {
        self.out.push_str(
            "<w:p><w:pPr><w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"auto\"/>\
             <w:between w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"auto\"/></w:pBdr></w:pPr></w:p>",
        );
    }

    /// Widths of columns that fill the text.
    fn widths(&self, shares: &[u16]) -> Vec<u32> {
        let sum: u32 = shares.iter().map(|share| u32::from(*share)).sum::<u32>().max(1);
        let mut widths: Vec<u32> = shares
            .iter()
            .map(|share| self.measures.width * u32::from(*share) / sum)
            .collect();
        let rest = self.measures.width - widths.iter().sum::<u32>();
        if let Some(last) = widths.last_mut() {
            *last += rest;
        }
        widths
    }

    fn table(&mut self, table: &Table) {
        let widths = self.widths(&table.widths);
        if widths.is_empty() {
            return;
        }
        self.strip(120, "<w:keepNext/>");
        let border = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
        let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
            .map(border)
            .concat();
        self.out.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>{borders}</w:tblBorders>\
             <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"85\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/>\
             </w:tblCellMar></w:tblPr><w:tblGrid>",
            self.measures.width
        ));
        for width in &widths {
            self.out.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.out.push_str("</w:tblGrid>");
        if !table.head.is_empty() {
            self.row(&widths, table, &table.head, true);
        }
        let keeps = std::mem::take(&mut self.keeps);
        let last = table.rows.len().saturating_sub(LAST_ROWS);
        for (at, row) in table.rows.iter().enumerate() {
            self.keeps = keeps && at >= last;
            self.row(&widths, table, row, false);
        }
        self.out.push_str("</w:tbl>");
        self.strip(160, if keeps { "<w:keepNext/>" } else { "" });
    }

    fn row(&mut self, widths: &[u32], table: &Table, cells: &[String], is_head: bool) {
        let repeated = if is_head { "<w:tblHeader/>" } else { "" };
        let high = match (table.room, is_head) {
            (0, _) | (_, true) => self.measures.row,
            // A tenth of a millimetre is 5.67 twentieths of a point.
            (room, false) => u32::from(room) * 567 / 100,
        };
        self.out.push_str(&format!(
            "<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"{high}\" w:hRule=\"atLeast\"/>{repeated}</w:trPr>"
        ));
        for (at, width) in widths.iter().enumerate() {
            self.out.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>"
            ));
            let style = match (is_head, table.centred.get(at)) {
                (true, _) => "TableHead",
                (false, Some(true)) => "TableMiddle",
                (false, _) => "TableText",
            };
            self.paragraph(style, cells.get(at).map_or("", String::as_str));
            self.out.push_str("</w:tc>");
        }
        self.out.push_str("</w:tr>");
    }

    fn picture(&mut self, picture: &Picture) {
        self.pictures += 1;
        let id = self.pictures;
        let most = u64::from(self.measures.width) * EMU.1;
        let (width, height) = (u64::from(picture.width) * EMU.0, u64::from(picture.height) * EMU.0);
        let (width, height) = match width > most {
            true => (most, height * most / width),
            false => (width, height),
        };
        let name = escaped(&picture.caption);
        self.out.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Picture\"/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr id=\"{id}\" name=\"image{id}\" descr=\"{name}\"/>\
             <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
             <pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"image{id}\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip r:embed=\"rId{}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>\
             </wp:inline></w:drawing></w:r></w:p>",
            FIXED + id
        ));
        if !picture.caption.is_empty() {
            self.paragraph("DocumentNumber", &picture.caption);
        }
    }
}
