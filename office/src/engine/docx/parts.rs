//! The parts of a document beside its text.

use super::Measures;
use crate::engine::docx::body::escaped;
use crate::paper::Paper;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The names that begin with `w:`.
pub const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// The faces, each with what may stand in for it.
const FACES: [(&str, &str); 6] = [
    (TITLE, "小标宋,FZXiaoBiaoSong-B05S,宋体,SimSun"),
    (TEXT, "仿宋,FangSong,FangSong_GB2312"),
    (SECOND, "楷体,KaiTi,KaiTi_GB2312"),
    (FIRST, "SimHei"),
    (NUMBER, "SimSun"),
    ("Times New Roman", "Times"),
];
/// The face of titles.
pub const TITLE: &str = "方正小标宋简体";
/// The face of text and of headings of the third and fourth level.
pub const TEXT: &str = "仿宋_GB2312";
/// The face of headings of the first level and of heads of tables.
pub const FIRST: &str = "黑体";
/// The face of headings of the second level.
pub const SECOND: &str = "楷体_GB2312";
/// The face of page numbers.
const NUMBER: &str = "宋体";

pub const TYPES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Default Extension=\"png\" ContentType=\"image/png\"/>",
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>",
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>",
    "<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>",
    "<Override PartName=\"/word/fontTable.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml\"/>",
    "<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    "<Override PartName=\"/word/footer2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>",
    "</Types>"
);

pub const RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>",
    "</Relationships>"
);

/// Footers of odd and even pages, tab stops, how Chinese signs are set. In the order of CT_Settings.
pub const SETTINGS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    "<w:defaultTabStop w:val=\"420\"/><w:evenAndOddHeaders/>",
    "<w:characterSpacingControl w:val=\"doNotCompress\"/>",
    "<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>",
    "</w:settings>"
);

/// The title as lists of files show it.
pub fn core(title: &str) -> String {
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title></cp:coreProperties>",
        escaped(title)
    )
}

/// What the document names: rId1 to rId5, then its pictures.
pub fn relations(pictures: usize) -> String {
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let fixed = [
        ("styles", "styles.xml"),
        ("settings", "settings.xml"),
        ("fontTable", "fontTable.xml"),
        ("footer", "footer1.xml"),
        ("footer", "footer2.xml"),
    ];
    let mut out =
        format!("{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    let mut put = |id: usize, kind: &str, target: &str| {
        out.push_str(&format!(
            "<Relationship Id=\"rId{id}\" Type=\"{KIND}/{kind}\" Target=\"{target}\"/>"
        ));
    };
    for (at, (kind, target)) in fixed.into_iter().enumerate() {
        put(at + 1, kind, target);
    }
    for at in 1..=pictures {
        put(fixed.len() + at, "image", &format!("media/image{at}.png"));
    }
    out.push_str("</Relationships>");
    out
}

/// The faces with those that stand in for them.
pub fn fonts() -> String {
    let mut out = format!("{HEAD}<w:fonts {NAMES}>");
    for (name, other) in FACES {
        out.push_str(&format!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{other}\"/></w:font>"
        ));
    }
    out.push_str("</w:fonts>");
    out
}

/// `— 1 —` in 四号 宋体, one character from the outer edge: right on odd pages, left on even ones.
pub fn footer(odd: bool) -> String {
    let (indent, side) = match odd {
        true => ("w:right=\"280\"", "right"),
        false => ("w:left=\"280\"", "left"),
    };
    let face = format!(
        "<w:rPr><w:rFonts w:ascii=\"{NUMBER}\" w:hAnsi=\"{NUMBER}\" w:eastAsia=\"{NUMBER}\" w:cs=\"{NUMBER}\"/>\
         <w:spacing w:val=\"0\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>"
    );
    let run = |inner: &str| format!("<w:r>{face}{inner}</w:r>");
    format!(
        "{HEAD}<w:ftr {NAMES}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind {indent}/><w:jc w:val=\"{side}\"/></w:pPr>\
         {}{}{}{}{}{}{}</w:p></w:ftr>",
        run("<w:t xml:space=\"preserve\">— </w:t>"),
        run("<w:fldChar w:fldCharType=\"begin\"/>"),
        run("<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>"),
        run("<w:fldChar w:fldCharType=\"separate\"/>"),
        run("<w:t>1</w:t>"),
        run("<w:fldChar w:fldCharType=\"end\"/>"),
        run("<w:t xml:space=\"preserve\"> —</w:t>")
    )
}

fn faces(latin: &str, chinese: &str) -> String {
    format!("<w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{chinese}\" w:cs=\"{latin}\"/>")
}

/// A paragraph style of a name that programs know, with the inner parts of `pPr` and `rPr`.
fn style(id: &str, name: &str, paragraph: &str, run: &str) -> String {
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
         <w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )
}

/// The styles: the text by the norm, and what differs from it.
pub fn styles(paper: &Paper, m: &Measures) -> String {
    let latin = |face: &'static str| if paper.times { "Times New Roman" } else { face };
    let (pitch, size) = (m.pitch, m.size);
    let indent = |characters: u32| m.size * 10 * characters - 5 * characters * u32::from(m.spacing != 0);
    let (two, four) = (indent(2), indent(4));
    let mut out = format!(
        "{HEAD}<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr>{}<w:spacing w:val=\"{}\"/><w:sz w:val=\"{size}\"/>\
         <w:szCs w:val=\"{size}\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/><w:pPr>\
         <w:widowControl w:val=\"0\"/><w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/><w:snapToGrid w:val=\"0\"/>\
         <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{pitch}\" w:lineRule=\"exact\"/><w:jc w:val=\"both\"/></w:pPr></w:style>",
        faces(latin(TEXT), TEXT),
        m.spacing
    );
    let exact = |line: u32| format!("<w:spacing w:line=\"{line}\" w:lineRule=\"exact\"/>");
    let after = if paper.one_page { 120 } else { 0 };
    let title = format!(
        "<w:keepNext/><w:spacing w:after=\"{after}\" w:line=\"{}\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>",
        pitch.max(m.title * 13)
    );
    let title_run = format!(
        "{}<w:spacing w:val=\"0\"/><w:sz w:val=\"{}\"/><w:szCs w:val=\"{}\"/>",
        faces(latin(TITLE), TITLE),
        m.title,
        m.title
    );
    out.push_str(&style("Title", "Title", &title, &title_run));
    let heading = |level: u8| format!("<w:keepNext/><w:ind w:firstLine=\"{two}\"/><w:outlineLvl w:val=\"{level}\"/>");
    for (level, face) in [(1, FIRST), (2, SECOND), (3, TEXT), (4, TEXT)] {
        let (id, name) = (format!("Heading{level}"), format!("heading {level}"));
        out.push_str(&style(&id, &name, &heading(level - 1), &faces(latin(face), face)));
    }
    for (id, name, paragraph) in [
        ("BodyText", "Body Text", format!("<w:ind w:firstLine=\"{two}\"/>")),
        ("Addressee", "Addressee", String::new()),
        (
            "DocumentNumber",
            "Document Number",
            "<w:jc w:val=\"center\"/>".to_owned(),
        ),
        (
            "Signature",
            "Signature",
            format!("<w:keepNext/><w:ind w:right=\"{two}\"/><w:jc w:val=\"right\"/>"),
        ),
        (
            "Date",
            "Date",
            format!("<w:ind w:right=\"{four}\"/><w:jc w:val=\"right\"/>"),
        ),
        (
            "Picture",
            "Picture",
            "<w:keepNext/><w:spacing w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/>".to_owned(),
        ),
    ] {
        out.push_str(&style(id, name, &paragraph, ""));
    }
    out.push_str(&style("Annex", "Annex", "<w:keepNext/>", &faces(latin(FIRST), FIRST)));
    // Inside a table an exact pitch would cut what is higher; the line grows.
    let table = "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"left\"/>";
    let table_run = format!(
        "<w:spacing w:val=\"0\"/><w:sz w:val=\"{}\"/><w:szCs w:val=\"{}\"/>",
        m.table, m.table
    );
    out.push_str(&style("TableText", "Table Text", table, &table_run));
    let head = table.replace("left", "center");
    out.push_str(&style("TableMiddle", "Table Middle", &head, &table_run));
    let head_run = format!("{}{table_run}", faces(latin(FIRST), FIRST));
    out.push_str(&style(
        "TableHead",
        "Table Head",
        &format!("<w:keepNext/>{head}"),
        &head_run,
    ));
    out.push_str(&style("Footer", "footer", &exact(280), ""));
    out.push_str("</w:styles>");
    out
}
