//! Where the units stand before cells are drawn: districts first, then the units of each, then all together.
//!
//! Everything here happens in the *working space*: map units with heights stretched, so that round cells there are
//! wider than tall on the map and take names.

use super::geom::{Point, Rect, centroid, contains, pairs, signed_area};
use super::power::{OUTSIDE, PowerCell, Relax, Site, diagram, relax};
use crate::order::Arrange;
use crate::stable::Stream;

/// Height of the working space over height on the map.
pub(crate) const STRETCH: f64 = 1.22;

/// What the placing must know about a unit.
pub(crate) struct Seed {
    /// Wanted size, 1 for a village.
    pub share: f64,
    pub is_village: bool,
    /// Number of the district, 0-based and without gaps. Units without a district form one group of their own.
    pub group: usize,
    /// Where a person put the unit, in the working space.
    pub pinned: Option<Point>,
}

/// The town before its edges are bent: convex, in the working space. `size` is that of the map in map units,
/// `margin` stays free all around.
pub(crate) fn town_outline(seed: u64, size: (f64, f64), margin: f64) -> Vec<Point> {
    const CORNERS: usize = 144;
    let mut random = Stream::new(seed ^ 0x746f_776e);
    let mut wave = |n: f64, height: f64| {
        (
            n,
            height * random.between(0.8, 1.0),
            random.between(0.0, std::f64::consts::TAU),
        )
    };
    // Sum of height · (n² - 1) stays below 1, which keeps the curve convex.
    let waves = [wave(2.0, 0.07), wave(3.0, 0.05), wave(4.0, 0.015), wave(5.0, 0.005)];
    let raw: Vec<Point> = (0..CORNERS)
        .map(|i| {
            let angle = i as f64 / CORNERS as f64 * std::f64::consts::TAU;
            let radius = 1.0
                + waves
                    .iter()
                    .map(|(n, height, at)| height * (n * angle + at).cos())
                    .sum::<f64>();
            Point::new(radius * angle.cos(), radius * angle.sin())
        })
        .collect();
    let from = Rect::bounding(&raw);
    let (w, h) = (size.0 - 2.0 * margin, size.1 - 2.0 * margin);
    raw.iter()
        .map(|p| {
            let (u, v) = ((p.x - from.x) / from.w, (p.y - from.y) / from.h);
            Point::new(margin + u * w, (margin + v * h) * STRETCH)
        })
        .collect()
}

/// Sites whose power cells are the cells of the units, and those cells. Every cell has an area.
pub(crate) fn place(seeds: &[Seed], outline: &[Point], seed: u64) -> (Vec<Site>, Vec<PowerCell>) {
    let mut best: Option<(usize, Vec<Site>, Vec<PowerCell>)> = None;
    // Another attempt only where a district fell into parts or a cell has a tail, which is rare.
    for attempt in 0..6 {
        let mut random = Stream::new(seed.wrapping_add(attempt * 0x51_7cc1));
        let sites = grow(seeds, outline, &mut random);
        let cells = diagram(&sites, outline);
        let loose = 10 * loose_parts(seeds, &cells) + cells.iter().map(defects).sum::<usize>();
        if best.as_ref().is_none_or(|(least, ..)| loose < *least) {
            best = Some((loose, sites, cells));
        }
        if loose == 0 {
            break;
        }
    }
    let (mut sites, mut cells) = best.map(|(_, s, c)| (s, c)).unwrap_or_default();
    if seeds.iter().any(|s| s.pinned.is_some()) {
        pin(seeds, &mut sites, outline);
        cells = diagram(&sites, outline);
    }
    if cells.iter().any(|c| c.area() < 1.0) {
        // Equal weights: then every site lies in its own cell.
        sites.iter_mut().for_each(|s| s.weight = 0.0);
        part_from_each_other(&mut sites, outline);
        cells = diagram(&sites, outline);
    }
    (sites, cells)
}

/// 100 for a cell without area, 1 for one so long or thin that a name fits badly.
fn defects(cell: &PowerCell) -> usize {
    let round: f64 = pairs(&cell.points).map(|(a, b)| a.distance(b)).sum();
    match 4.0 * std::f64::consts::PI * cell.area() / (round * round) {
        // A regular hexagon has 0.91, a rectangle of 1 to 3 has 0.59.
        r if r > 0.57 => 0,
        r if r > 0.0 => 1,
        _ => 100,
    }
}

/// Puts dragged units where they belong and lets the others make room.
fn pin(seeds: &[Seed], sites: &mut [Site], outline: &[Point]) {
    let ring = [outline.to_vec()];
    let middle = centroid(outline);
    for (site, seed) in sites.iter_mut().zip(seeds) {
        let Some(mut p) = seed.pinned else { continue };
        let mut t = 0.0;
        while !contains(&ring, p) && t < 1.0 {
            t += 0.02;
            p = seed.pinned.unwrap_or(middle).toward(middle, t);
        }
        *site = Site { p, weight: 0.0 };
    }
    part_from_each_other(sites, outline);
    let shares: Vec<f64> = seeds.iter().map(|s| s.share).collect();
    let pinned: Vec<bool> = seeds.iter().map(|s| s.pinned.is_some()).collect();
    relax(
        sites,
        outline,
        &Relax {
            shares: &shares,
            pinned: &pinned,
            step: 0.5,
            passes: 12,
        },
    );
}

/// Moves sites that (nearly) share a place a few units apart, in a spiral.
fn part_from_each_other(sites: &mut [Site], outline: &[Point]) {
    let ring = [outline.to_vec()];
    for i in 1..sites.len() {
        let from = sites[i].p;
        for k in 1..400 {
            if sites[..i].iter().all(|s| s.p.distance(sites[i].p) > 6.0) && contains(&ring, sites[i].p) {
                break;
            }
            let (angle, radius) = (f64::from(k) * 2.4, 3.0 * f64::from(k).sqrt());
            sites[i].p = Point::new(from.x + radius * angle.cos(), from.y + radius * angle.sin());
        }
    }
}

fn grow(seeds: &[Seed], outline: &[Point], random: &mut Stream) -> Vec<Site> {
    let groups = seeds.iter().map(|s| s.group + 1).max().unwrap_or(0);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); groups];
    for (i, seed) in seeds.iter().enumerate() {
        members[seed.group].push(i);
    }
    let share: Vec<f64> = members
        .iter()
        .map(|m| m.iter().map(|&i| seeds[i].share).sum())
        .collect();
    let mut centers = spread_groups(seeds, &members, &share, outline, random);
    let free = vec![false; groups];
    relax(
        &mut centers,
        outline,
        &Relax {
            shares: &share,
            pinned: &free,
            step: 1.0,
            passes: 60,
        },
    );
    let mut sites = vec![
        Site {
            p: centroid(outline),
            weight: 0.0
        };
        seeds.len()
    ];
    for (home, members) in diagram(&centers, outline).iter().zip(&members) {
        let ground = if home.points.len() < 3 {
            outline
        } else {
            &home.points[..]
        };
        for (&i, site) in members
            .iter()
            .zip(fill(seeds, members, ground, centroid(outline), random))
        {
            sites[i] = site;
        }
    }
    // Grown, not ruled: a unit may be some tenths larger or smaller than its share.
    let shares: Vec<f64> = seeds.iter().map(|s| s.share * random.between(0.84, 1.2)).collect();
    let free = vec![false; seeds.len()];
    relax(
        &mut sites,
        outline,
        &Relax {
            shares: &shares,
            pinned: &free,
            step: 0.35,
            passes: 14,
        },
    );
    sites
}

/// First places of the districts: the more communities, the nearer to the middle; the others in a ring around.
fn spread_groups(
    seeds: &[Seed],
    members: &[Vec<usize>],
    share: &[f64],
    outline: &[Point],
    random: &mut Stream,
) -> Vec<Site> {
    let middle = centroid(outline);
    let reach = (signed_area(outline).abs() / std::f64::consts::PI).sqrt();
    let groups = members.len();
    let inner = groups.saturating_sub(2) / 3;
    let town_like =
        |g: usize| members[g].iter().filter(|&&i| !seeds[i].is_village).count() as f64 / members[g].len().max(1) as f64;
    let mut order: Vec<usize> = (0..groups).collect();
    order.arrange_by(|&a, &b| town_like(b).total_cmp(&town_like(a)).then(a.cmp(&b)));
    let mut core: Vec<usize> = order[..inner].to_vec();
    let mut ring: Vec<usize> = order[inner..].to_vec();
    core.arrange();
    ring.arrange();
    let mut sites = vec![Site { p: middle, weight: 0.0 }; groups];
    for (list, radius) in [(core, 0.3), (ring, 0.74)] {
        if list.len() == 1 && groups > 1 && radius < 0.5 {
            continue;
        }
        let total: f64 = list.iter().map(|&g| share[g]).sum();
        let mut angle = random.between(0.0, std::f64::consts::TAU);
        for g in list {
            let turn = share[g] / total * std::f64::consts::TAU;
            let at = angle + turn / 2.0;
            let far = reach * if groups == 1 { 0.0 } else { radius };
            sites[g].p = Point::new(middle.x + far * at.cos(), middle.y + far * at.sin());
            angle += turn;
        }
    }
    sites
}

/// Places the units of one district on its ground; communities on the side of the town's middle.
pub(crate) fn fill(
    seeds: &[Seed],
    members: &[usize],
    ground: &[Point],
    middle: Point,
    random: &mut Stream,
) -> Vec<Site> {
    let bounds = Rect::bounding(ground);
    let ring = [ground.to_vec()];
    let mut points: Vec<Point> = Vec::new();
    while points.len() < members.len() {
        // The farthest of some random places keeps the start even.
        let mut best = (f64::NEG_INFINITY, centroid(ground));
        for _ in 0..24 {
            let p = Point::new(
                random.between(bounds.x, bounds.x + bounds.w),
                random.between(bounds.y, bounds.y + bounds.h),
            );
            let room = points.iter().map(|q| q.distance(p)).fold(bounds.w + bounds.h, f64::min);
            if room > best.0 && contains(&ring, p) {
                best = (room, p);
            }
        }
        points.push(best.1);
    }
    points.arrange_by(|a, b| a.distance(middle).total_cmp(&b.distance(middle)));
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.arrange_by_key(|&k| seeds[members[k]].is_village);
    let mut sites = vec![Site { p: middle, weight: 0.0 }; members.len()];
    for (&k, p) in order.iter().zip(points) {
        sites[k].p = p;
    }
    part_from_each_other(&mut sites, ground);
    let shares: Vec<f64> = members.iter().map(|&i| seeds[i].share).collect();
    let free = vec![false; members.len()];
    relax(
        &mut sites,
        ground,
        &Relax {
            shares: &shares,
            pinned: &free,
            step: 0.8,
            passes: 24,
        },
    );
    sites
}

/// How many parts the districts have beyond one each.
fn loose_parts(seeds: &[Seed], cells: &[PowerCell]) -> usize {
    let mut seen = vec![false; seeds.len()];
    let mut parts = 0;
    for start in 0..seeds.len() {
        if seen[start] {
            continue;
        }
        parts += 1;
        seen[start] = true;
        let mut open = vec![start];
        while let Some(i) = open.pop() {
            let cell = &cells[i];
            for (k, &j) in cell.sides.iter().enumerate() {
                let length = cell.points[k].distance(cell.points[(k + 1) % cell.points.len()]);
                if j != OUTSIDE && length > 8.0 && !seen[j] && seeds[j].group == seeds[i].group {
                    seen[j] = true;
                    open.push(j);
                }
            }
        }
    }
    parts - seeds.iter().map(|s| s.group + 1).max().unwrap_or(0)
}
