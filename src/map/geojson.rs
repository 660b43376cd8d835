//! Reading borders from a GeoJSON file (RFC 7946): polygons with their properties, or a reason why not.

use super::crossing::{Crossing, crossing};
use crate::order::Arrange;
use std::fmt;

use serde_json::{Map, Value};

/// Longest file that is read, in bytes.
pub const MOST_BYTES: usize = 10_000_000;
/// Most points that are read.
pub const MOST_POINTS: usize = 200_000;
/// Most polygons that are read.
pub const MOST_POLYGONS: usize = 2_000;

/// A closed ring of longitude and latitude in degrees; the last point is not repeated.
pub type LonLatRing = Vec<(f64, f64)>;

/// One thing on the map of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct GeoFeature {
    /// What to call it in messages: its name, else its number in the file.
    pub label: String,
    /// Its id and all properties that are texts or whole numbers: key and text.
    pub facts: Vec<(String, String)>,
    /// Outer ring and holes of each polygon; none for a thing without any shape.
    pub polygons: Vec<Vec<LonLatRing>>,
    /// Why its shape cannot be drawn. That refuses the file only where the thing is one of this town.
    pub fault: Option<GeoError>,
}

/// Why a file cannot be used. The text says what is wrong and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GeoError {
    /// Longer than [`MOST_BYTES`].
    TooLong,
    /// Text in another encoding.
    NotUtf8,
    /// Not JSON at all.
    NotJson,
    /// JSON of another kind.
    NotGeoJson,
    /// Points and lines only, or nothing.
    NoPolygons,
    /// More than [`MOST_POINTS`].
    TooManyPoints,
    /// More than [`MOST_POLYGONS`].
    TooManyPolygons,
    /// A ring whose last point is not its first.
    NotClosed(String),
    /// A ring of fewer than three different points.
    TooFewPoints(String),
    /// Something that is no number where one must be.
    NotANumber(String),
    /// Not degrees of longitude and latitude.
    OutOfRange(String),
    /// A border that crosses itself.
    Crosses(String),
    /// A border so tangled that it cannot be checked.
    Tangled(String),
    /// Polygons without any area.
    NoArea,
    /// No polygon belongs to a unit or a district of this town.
    NothingMatches,
    /// The same, and what the things in the file are called.
    Foreign(Vec<String>),
}

/// Names that are listed before the rest is only counted.
const MOST_NAMES: usize = 8;

/// `寺前村、河田村等 12 个`.
pub fn listed(names: &[String]) -> String {
    let listed = names.iter().take(MOST_NAMES).cloned().collect::<Vec<_>>().join("、");
    match names.len() {
        n if n > MOST_NAMES => format!("{listed}等 {n} 个"),
        _ => listed,
    }
}

/// Whether a name was read in the wrong encoding: letters of western Europe where Chinese ones must be.
fn is_garbled(name: &str) -> bool {
    let strange = name.chars().any(|c| matches!(c, '\u{80}'..='\u{ff}' | '\u{fffd}'));
    strange && !name.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

impl GeoError {
    /// Whether it is about one shape, so that the others can be used without it.
    const fn is_of_one_shape(&self) -> bool {
        matches!(
            self,
            Self::NotClosed(_)
                | Self::TooFewPoints(_)
                | Self::NotANumber(_)
                | Self::OutOfRange(_)
                | Self::Crosses(_)
                | Self::Tangled(_)
        )
    }
}

impl fmt::Display for GeoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "文件超过 {} MB，请先精简边界再导入", MOST_BYTES / 1_000_000),
            Self::NotUtf8 => write!(f, "文件不是 UTF-8 编码，请按 UTF-8 导出再导入"),
            Self::NotJson => write!(f, "文件不是 JSON 格式，请导出为 GeoJSON 再导入"),
            Self::NotGeoJson => write!(f, "文件不是 GeoJSON，请导出为 FeatureCollection 再导入"),
            Self::NoPolygons => write!(f, "文件里没有面状图形，请导出村（社区）或片区的面图层"),
            Self::TooManyPoints => write!(f, "边界点超过 {MOST_POINTS} 个，请先精简边界再导入"),
            Self::TooManyPolygons => write!(f, "面状图形超过 {MOST_POLYGONS} 个，请只导出本镇范围"),
            Self::NotClosed(name) => write!(f, "“{name}”的边界没有闭合，请修正后再导入"),
            Self::TooFewPoints(name) => write!(f, "“{name}”的边界不足三个点，请修正后再导入"),
            Self::NotANumber(name) => write!(f, "“{name}”有坐标不是数字，请修正后再导入"),
            Self::OutOfRange(name) => write!(f, "“{name}”的坐标不是经纬度，请转换为经纬度（度）再导入"),
            Self::Crosses(name) => write!(f, "“{name}”的边界自己相交，请修正后再导入"),
            Self::Tangled(name) => write!(f, "“{name}”的边界过于曲折，请先精简边界再导入"),
            Self::NoArea => write!(f, "图形没有面积，请检查边界后再导入"),
            Self::NothingMatches => write!(f, "没有图形与本镇的村（社区）或片区对应，请在属性中写明代码或名称"),
            Self::Foreign(names) => {
                write!(
                    f,
                    "没有图形与本镇的村（社区）或片区对应。文件里有 {} 个图形：{}。",
                    names.len(),
                    listed(names)
                )?;
                match names.iter().any(|name| is_garbled(name)) {
                    true => write!(f, "名称是乱码，请按 UTF-8 重新导出"),
                    false => write!(f, "请核对是否选对了文件，或在属性中写明代码或名称"),
                }
            }
        }
    }
}

impl std::error::Error for GeoError {}

/// Reads all polygons of a GeoJSON file.
///
/// # Errors
/// As [`parse`], and for a file in another encoding.
pub fn read(bytes: &[u8]) -> Result<Vec<GeoFeature>, GeoError> {
    if bytes.len() > MOST_BYTES {
        return Err(GeoError::TooLong);
    }
    parse(std::str::from_utf8(bytes).map_err(|_| GeoError::NotUtf8)?)
}

/// Reads all polygons of a GeoJSON text. Points and lines are passed over.
///
/// # Errors
/// Whatever keeps the file from being drawn, as a [`GeoError`]. A bad polygon is kept as the fault of its feature, so
/// that whoever matches the features can say whether a village of this town goes missing by it.
pub fn parse(text: &str) -> Result<Vec<GeoFeature>, GeoError> {
    if text.len() > MOST_BYTES {
        return Err(GeoError::TooLong);
    }
    let text = text.trim_start_matches('\u{feff}');
    let root: Value = serde_json::from_str(text).map_err(|_| GeoError::NotJson)?;
    let mut reader = Reader::default();
    reader.object(&root)?;
    if reader.out.iter().any(|f| !f.polygons.is_empty()) {
        return Ok(reader.out);
    }
    let fault = reader.out.into_iter().find_map(|f| f.fault);
    Err(fault.unwrap_or(GeoError::NoPolygons))
}

#[derive(Default)]
struct Reader {
    out: Vec<GeoFeature>,
    points: usize,
    polygons: usize,
}

impl Reader {
    fn object(&mut self, value: &Value) -> Result<(), GeoError> {
        match kind(value) {
            Some("FeatureCollection") => {
                let features = value
                    .get("features")
                    .and_then(Value::as_array)
                    .ok_or(GeoError::NotGeoJson)?;
                features.iter().try_for_each(|f| self.feature(f))
            }
            Some("Feature") => self.feature(value),
            Some(_) => self.add(Vec::new(), value),
            None => Err(GeoError::NotGeoJson),
        }
    }

    fn feature(&mut self, value: &Value) -> Result<(), GeoError> {
        if kind(value) != Some("Feature") {
            return Err(GeoError::NotGeoJson);
        }
        let mut facts = Vec::new();
        if let Some(id) = value.get("id").and_then(plain) {
            facts.push(("id".to_owned(), id));
        }
        let properties = value.get("properties").and_then(Value::as_object);
        facts.extend(
            properties
                .into_iter()
                .flat_map(Map::iter)
                .filter_map(|(k, v)| Some((k.clone(), plain(v)?))),
        );
        match value.get("geometry") {
            None | Some(Value::Null) => {
                let label = self.label(&facts);
                self.out.push(GeoFeature {
                    label,
                    facts,
                    polygons: Vec::new(),
                    fault: None,
                });
                Ok(())
            }
            Some(geometry) => self.add(facts, geometry),
        }
    }

    fn label(&self, facts: &[(String, String)]) -> String {
        let named = facts.iter().find(|(k, _)| is_name_key(k)).map(|(_, v)| v.clone());
        named.unwrap_or_else(|| format!("第 {} 个图形", self.out.len() + 1))
    }

    /// Takes a thing with its shape; points and lines are passed over.
    fn add(&mut self, facts: Vec<(String, String)>, geometry: &Value) -> Result<(), GeoError> {
        let label = self.label(&facts);
        let mut polygons = Vec::new();
        let fault = match self.geometry(geometry, &label, &mut polygons) {
            Err(fault) if fault.is_of_one_shape() => Some(fault),
            other => other.map(|()| None)?,
        };
        if fault.is_some() {
            polygons.clear();
        }
        if fault.is_some() || !polygons.is_empty() {
            self.out.push(GeoFeature {
                label,
                facts,
                polygons,
                fault,
            });
        }
        Ok(())
    }

    fn geometry(&mut self, value: &Value, label: &str, out: &mut Vec<Vec<LonLatRing>>) -> Result<(), GeoError> {
        let list = |key: &str| value.get(key).and_then(Value::as_array).ok_or(GeoError::NotGeoJson);
        match kind(value) {
            Some("Polygon") => out.push(self.polygon(list("coordinates")?, label)?),
            Some("MultiPolygon") => {
                for polygon in list("coordinates")? {
                    out.push(self.polygon(polygon.as_array().ok_or(GeoError::NotGeoJson)?, label)?);
                }
            }
            Some("GeometryCollection") => {
                for geometry in list("geometries")? {
                    self.geometry(geometry, label, out)?;
                }
            }
            Some("Point" | "MultiPoint" | "LineString" | "MultiLineString") => {}
            _ => return Err(GeoError::NotGeoJson),
        }
        Ok(())
    }

    fn polygon(&mut self, rings: &[Value], label: &str) -> Result<Vec<LonLatRing>, GeoError> {
        self.polygons += 1;
        if self.polygons > MOST_POLYGONS {
            return Err(GeoError::TooManyPolygons);
        }
        if rings.is_empty() {
            return Err(GeoError::TooFewPoints(label.to_owned()));
        }
        let rings: Vec<LonLatRing> = rings.iter().map(|r| self.ring(r, label)).collect::<Result<_, _>>()?;
        match crossing(&rings) {
            Crossing::None => Ok(rings),
            Crossing::Found => Err(GeoError::Crosses(label.to_owned())),
            Crossing::Unknown => Err(GeoError::Tangled(label.to_owned())),
        }
    }

    fn ring(&mut self, value: &Value, label: &str) -> Result<LonLatRing, GeoError> {
        let points = value.as_array().ok_or(GeoError::NotGeoJson)?;
        self.points += points.len();
        if self.points > MOST_POINTS {
            return Err(GeoError::TooManyPoints);
        }
        let mut ring: LonLatRing = points.iter().map(|p| point(p, label)).collect::<Result<_, _>>()?;
        if ring.len() < 2 {
            return Err(GeoError::TooFewPoints(label.to_owned()));
        }
        if ring.first() != ring.last() {
            return Err(GeoError::NotClosed(label.to_owned()));
        }
        ring.pop();
        ring.dedup();
        let mut distinct = ring.clone();
        distinct.arrange_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        distinct.dedup();
        if distinct.len() < 3 {
            Err(GeoError::TooFewPoints(label.to_owned()))
        } else {
            Ok(ring)
        }
    }
}

fn point(value: &Value, label: &str) -> Result<(f64, f64), GeoError> {
    let bad = || GeoError::NotANumber(label.to_owned());
    let pair = value.as_array().ok_or_else(bad)?;
    let number = |i: usize| {
        pair.get(i)
            .and_then(Value::as_f64)
            .filter(|v| v.is_finite())
            .ok_or_else(bad)
    };
    let (lon, lat) = (number(0)?, number(1)?);
    // Close to a pole the projection of a town makes no sense.
    if lon.abs() > 180.0 || lat.abs() > 85.0 {
        return Err(GeoError::OutOfRange(label.to_owned()));
    }
    Ok((lon, lat))
}

fn kind(value: &Value) -> Option<&str> {
    value.get("type").and_then(Value::as_str)
}

/// A text or a whole number as text.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
        Value::Number(n) => n.as_u64().map(|n| n.to_string()).or_else(|| {
            n.as_f64()
                .filter(|f| *f > 0.0 && f.fract() == 0.0 && *f < 1e15)
                .map(|f| format!("{f:.0}"))
        }),
        _ => None,
    }
}

/// Keys under which the surveys of the country and common tools keep the name of an area.
pub(crate) fn is_name_key(key: &str) -> bool {
    const KEYS: [&str; 9] = [
        "name",
        "xzqmc",
        "zldwmc",
        "qsdwmc",
        "cmc",
        "名称",
        "村名",
        "村名称",
        "单位名称",
    ];
    let key = key.to_ascii_lowercase();
    KEYS.contains(&key.as_str())
}
