//! Names, values and flowers in their cells. Sizes are CSS px in the request, map units in the answer, so that an SVG
//! whose viewBox is in map units shows them at the size asked for.

use super::cell::Cell;
use super::fit::{Fit, Naming, Search};
use super::geom::Rect;
use super::glyph::{BARE_RADIUS, LEAST_RADIUS};
use super::lettering::{LabelMode, LabelRequest, Labels, Level, UnitLabel};
use super::plate::place_plates;
use super::seeds::STRETCH;
use super::town::TownMap;
use crate::order::Arrange;

impl TownMap {
    /// How much a map at this scale has room for. `scale` is CSS px per map unit, `text_scale` 1, 1.25 or 1.5.
    pub fn level(&self, scale: f64, text_scale: f64, only: Option<usize>) -> Level {
        let of = |c: &&Cell| !c.rings.is_empty() && only.is_none_or(|d| c.district == Some(d));
        // Cells are grown to be wider than tall by the stretch; the root of the area is steadier than the bounds.
        let mut heights: Vec<f64> = self
            .cells
            .iter()
            .filter(of)
            .map(|c| (c.area.max(0.0) / STRETCH).sqrt())
            .collect();
        heights.arrange_by(f64::total_cmp);
        let typical = heights.get(heights.len() / 2).copied().unwrap_or(0.0) * scale / text_scale;
        match typical {
            h if h < 56.0 => Level::Districts,
            h if h <= 110.0 => Level::Names,
            _ => Level::Large,
        }
    }

    /// Places names, values, flowers and plates so that no two of them meet (`design` §7).
    pub fn labels(&self, request: &LabelRequest<'_>) -> Labels {
        if !is_drawable(request) {
            return Labels {
                level: Level::Districts,
                units: Vec::new(),
                plates: Vec::new(),
                hidden: (0..self.cells.len()).collect(),
                hidden_districts: (0..self.districts.len()).collect(),
            };
        }
        let level = match request.mode {
            LabelMode::DistrictsOnly => Level::Districts,
            _ => self.level(request.scale, request.text_scale, request.only),
        };
        let wanted: Vec<usize> = (0..self.cells.len())
            .filter(|&i| request.only.is_none_or(|d| self.cells[i].district == Some(d)))
            .filter(|&i| !self.cells[i].rings.is_empty())
            .collect();
        let mut units = self.units_alike(request, level, &wanted);
        units.arrange_by_key(|l| l.unit);
        let is_named = |l: &UnitLabel| !l.name.text.is_empty();
        let hidden = wanted
            .into_iter()
            .filter(|i| {
                units
                    .binary_search_by_key(i, |l| l.unit)
                    .map_or(true, |at| !is_named(&units[at]))
            })
            .collect();
        let taken: Vec<Rect> = units
            .iter()
            .flat_map(|l: &UnitLabel| l.boxes().collect::<Vec<_>>())
            .collect();
        let (mut plates, mut hidden_districts) = place_plates(self, request, level, &taken);
        if level == Level::Districts && !hidden_districts.is_empty() && !units.is_empty() {
            // The name of a district is worth more than the flowers under it.
            (plates, hidden_districts) = place_plates(self, request, level, &[]);
            units.retain(|l| !l.boxes().any(|b| plates.iter().any(|p| p.bounds.meets(&b))));
        }
        Labels {
            level,
            units,
            plates,
            hidden,
            hidden_districts,
        }
    }

    /// Labels whose flowers have one radius, so that their petals can be compared: the largest at which every unit has
    /// its flower and name; else the least, and names that find no room are left out. Where there is no room for names
    /// at all, flowers and shapes of the status stand alone.
    fn units_alike(&self, request: &LabelRequest<'_>, level: Level, wanted: &[usize]) -> Vec<UnitLabel> {
        let bare = level == Level::Districts;
        let radii: &[f64] = match (request.mode, level) {
            (LabelMode::Petals, Level::Large) => &[34.0, 26.0, 18.0, LEAST_RADIUS],
            (LabelMode::Petals, Level::Names) => &[18.0, 15.0, LEAST_RADIUS],
            (LabelMode::Petals, Level::Districts) => &[LEAST_RADIUS, BARE_RADIUS],
            (LabelMode::Status, Level::Districts) => &[0.0],
            (_, Level::Districts) => return Vec::new(),
            _ => &[0.0],
        };
        let mut found = Vec::new();
        for radius in radii {
            let naming = if bare { Naming::None } else { Naming::All };
            found = self.unit_labels(request, level, wanted, (*radius, naming));
            if found.len() == wanted.len() {
                return found;
            }
        }
        match radii.last() {
            Some(least) if *least > 0.0 && !bare => {
                self.unit_labels(request, level, wanted, (*least, Naming::WhereThereIsRoom))
            }
            _ => found,
        }
    }

    fn unit_labels(
        &self,
        request: &LabelRequest<'_>,
        level: Level,
        wanted: &[usize],
        size: (f64, Naming),
    ) -> Vec<UnitLabel> {
        let search = |&i: &usize| Search::new(self, request, level, i, size);
        let searches: Vec<Search<'_>> = wanted.iter().map(search).collect();
        // Where each would stand if it were alone. The narrowest go first: they have the least choice.
        let mut order: Vec<(Option<Fit>, usize)> = searches.iter().map(|s| s.first_that_fits(&[])).zip(0..).collect();
        let room = |fit: &Option<Fit>| fit.map_or(f64::NEG_INFINITY, |f| f.clearance);
        order.arrange_by(|a, b| room(&a.0).total_cmp(&room(&b.0)).then(a.1.cmp(&b.1)));
        let mut taken: Vec<Rect> = Vec::new();
        let mut out = Vec::new();
        for (alone, k) in order {
            let search = &searches[k];
            let fit = alone
                .filter(|f| search.is_free(f, &taken))
                .or_else(|| search.first_that_fits(&taken));
            if let Some(fit) = fit {
                taken.extend(search.boxes(&fit).map(|r| r.grown(2.0)));
                out.push(search.label(&fit));
            }
        }
        out
    }
}

/// Whether the frame has a size at all; one that is not laid out yet has none.
fn is_drawable(request: &LabelRequest<'_>) -> bool {
    let sane = |v: f64, least: f64, most: f64| v.is_finite() && v >= least && v <= most;
    sane(request.scale, 0.01, 200.0) && sane(request.text_scale, 0.25, 20.0)
}
