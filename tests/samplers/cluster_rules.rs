//! The samplers that work by clusters and by a density, restated by brute force: who gets how much, and where it lies.

use imbalance_lab::base::Point;
use imbalance_lab::dataset::Dataset;
use imbalance_lab::random::RandomState;
use imbalance_lab::resample::play::{code_line, sentence};
use imbalance_lab::resample::{Chain, Origin, Step, Value};

use super::rules::{nearest, squared_distance};
use super::{clouds, named, run};

/// The same sums in another order, through a few dozen rounds at most.
const OTHER_ORDER: f64 = 1e-7;

fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= OTHER_ORDER * (1.0 + a.abs().max(b.abs()))
}

/// Index of the place nearest to `point`.
fn nearest_of(places: &[Point], point: Point) -> usize {
    let to = |at: &usize| squared_distance(point, places[*at]);
    (0..places.len()).min_by(|a, b| to(a).total_cmp(&to(b))).expect("a place")
}

/// Number, weight and share of every cluster or component.
fn weighed(chain: &Chain) -> Vec<(u32, f64, u32)> {
    let weighed = |step: &Step| match *step {
        Step::Cluster { size, weight, share, .. } => Some((size, weight, share)),
        _ => None,
    };
    chain.stages[0].steps.iter().filter_map(weighed).collect()
}

#[test]
fn k_means_smote_shares_new_points_out_by_sparsity_among_clusters_with_enough_minority() {
    let (majority, minority, k) = (90, 45, 2);
    let (mut split, mut rules) = (0, [0; 3]);
    for seed in 0..24 {
        let data = clouds(&[majority, minority], seed);
        let mut sampler = named("KMeansSMOTE");
        let least = [0.1, 0.3, 0.5][seed as usize % 3];
        sampler.set("cluster_balance_threshold", if least == 0.5 { Value::Auto } else { Value::Real(least) });
        let exponent = [None, Some(1.0), Some(3.5), Some(0.0)][seed as usize % 4];
        sampler.set("density_exponent", exponent.map_or(Value::Auto, Value::Real));
        let chain = run(&sampler, &data, seed).chain;
        let centers = &chain.stages[0].centers.last().expect("centres").at;
        let of: Vec<usize> = data.x.iter().map(|&point| nearest_of(centers, point)).collect();
        let rows_in = |c: usize, class: u8| (0..data.len()).filter(|&i| of[i] == c && data.y[i] == class).collect();
        let sparsity = |members: &Vec<usize>| -> Option<f64> {
            let m = members.len() as f64;
            let own = of[*members.first()?];
            let all = of.iter().filter(|&&cluster| cluster == own).count() as f64;
            if members.len() <= k || m / all < least {
                return None;
            }
            let others = |i: usize| members.iter().filter(move |&&j| j != i);
            let apart = |i: usize, j: usize| squared_distance(data.x[i], data.x[j]).sqrt();
            let sum: f64 = members.iter().map(|&i| others(i).map(|&j| apart(i, j)).sum::<f64>()).sum();
            let power = exponent.unwrap_or_else(|| 0.16 * m.log(1.6).powf(1.8));
            Some((sum / (m * (m - 1.0))).powf(power) / m)
        };
        let members: Vec<Vec<usize>> = (0..centers.len()).map(|c| rows_in(c, 1)).collect();
        let sparsities: Vec<Option<f64>> = members.iter().map(sparsity).collect();
        let total: f64 = sparsities.iter().flatten().sum();
        let n = (majority - minority) as f64;
        split += usize::from(sparsities.iter().flatten().count() > 1);

        let measured: Vec<(u32, u32, f64)> = (chain.stages[0].steps.iter())
            .filter_map(|step| match *step {
                Step::Measure { size, of, sparsity, .. } => Some((size, of, sparsity)),
                _ => None,
            })
            .collect();
        assert_eq!(measured.len(), centers.len());
        for (c, (&(size, all, found), sparsity)) in measured.iter().zip(&sparsities).enumerate() {
            assert_eq!(size as usize, members[c].len(), "seed {seed}");
            assert_eq!(all as usize, of.iter().filter(|&&cluster| cluster == c).count(), "seed {seed}");
            assert!(is_near(found, sparsity.unwrap_or(0.0)), "seed {seed}, cluster {c}: {found} {sparsity:?}");
        }
        assert_left_out_by_the_rule_told(&chain, &mut rules, (least, k));
        let told = weighed(&chain);
        let left = (0..centers.len()).filter(|&c| sparsities[c].is_some());
        assert_eq!(told.len(), left.clone().count());
        for (c, &(size, weight, share)) in left.zip(&told) {
            let wanted = sparsities[c].map_or(0.0, |sparsity| sparsity / total);
            assert_eq!(size as usize, members[c].len(), "seed {seed}");
            assert!(is_near(weight, wanted), "seed {seed}, cluster {c}: {weight} {wanted}");
            assert_eq!(f64::from(share), (n * wanted).ceil(), "seed {seed}, cluster {c}");
            let from = |origin: &&Origin| matches!(**origin, Origin::Between { base, .. } if of[base as usize] == c);
            assert_eq!(chain.pool_origin.iter().filter(from).count(), share as usize, "seed {seed}, cluster {c}");
        }
        for origin in &chain.pool_origin[data.len()..] {
            let &Origin::Between { base, neighbor, .. } = origin else { panic!("{origin:?}") };
            let near = nearest(&data, base as usize, |i| data.y[i] == 1 && of[i] == of[base as usize]);
            assert!(near[..k].contains(&(neighbor as usize)), "seed {seed}");
        }
    }
    assert!(split >= 12, "in most cases several clusters share: {split}");
    assert!(rules.iter().all(|&n| n > 0), "both rules fire, and some clusters count: {rules:?}");
}

/// The sentence and the variables about every cluster name the rule that leaves it out; `rules` counts clusters that
/// count, that have too small a share, that have too few rows.
fn assert_left_out_by_the_rule_told(chain: &Chain, rules: &mut [usize; 3], (least, k): (f64, usize)) {
    for (position, step) in (1..).zip(&chain.stages[0].steps) {
        let Step::Measure { size, of, sparsity, .. } = *step else { continue };
        let said = sentence(chain, position, |p| p).to_string();
        let code = code_line(chain, position, |p| p).expect("a stage");
        let value = |name: &str| {
            let found = code.variables.iter().find(|(of, _)| *of == name);
            found.map(|(_, value)| value.to_string())
        };
        assert_eq!(value("minority[c]"), Some(size.to_string()), "{said}");
        assert_eq!(value("rows[c]"), Some(of.to_string()), "{said}");
        let share = f64::from(size) / f64::from(of);
        let (rule, words, line) = match () {
            _ if of == 0 => continue,
            _ if share < least => (1, format!("a share of {share:.2}, and {least:.2} is the least"), 5),
            _ if (size as usize) <= k => (2, format!("too few, for each needs {k} neighbours beside itself"), 5),
            _ => (0, format!("a share of {share:.2}: it counts"), 6),
        };
        assert!(said.contains(&words), "{said}");
        assert_eq!((code.line, value("sparsity[c]").is_some()), (Some(line), rule == 0), "{said}");
        assert_eq!(sparsity > 0.0, rule == 0, "{said}");
        rules[rule] += 1;
    }
}

/// A normal density in the plane: weight, mean, and the covariance as `[xx, xy, yy]`.
#[derive(Clone, Copy)]
struct Normal {
    weight: f64,
    mean: Point,
    covariance: [f64; 3],
}

impl Normal {
    /// Of points that belong to it by `shares`, with scikit-learn's ridge.
    fn of(points: &[Point], shares: &[f64]) -> Normal {
        let total: f64 = shares.iter().sum();
        let average = |value: &dyn Fn(Point) -> f64| {
            points.iter().zip(shares).map(|(&point, share)| share * value(point)).sum::<f64>() / total
        };
        let mean = [average(&|p| p[0]), average(&|p| p[1])];
        let second = |i: usize, j: usize| average(&|p| (p[i] - mean[i]) * (p[j] - mean[j]));
        let covariance = [second(0, 0) + 1e-6, second(0, 1), second(1, 1) + 1e-6];
        Normal { weight: total / points.len() as f64, mean, covariance }
    }

    /// The weight times the density.
    fn at(&self, p: Point) -> f64 {
        let ([a, b, c], [x, y]) = (self.covariance, [p[0] - self.mean[0], p[1] - self.mean[1]]);
        let determinant = a * c - b * b;
        let squared = (c * x * x - 2.0 * b * x * y + a * y * y) / determinant;
        self.weight * (-0.5 * squared).exp() / (2.0 * std::f64::consts::PI * determinant.sqrt())
    }

    /// `mean + L z`.
    fn draw(&self, z: Point) -> Point {
        let [a, b, c] = self.covariance;
        let below = b / a.sqrt();
        [self.mean[0] + a.sqrt() * z[0], self.mean[1] + below * z[0] + (c - below * below).sqrt() * z[1]]
    }
}

/// Expectation-maximisation by the book from a first guess of who belongs where: the densities, and the mean
/// log-likelihoods before each round.
fn fit(points: &[Point], labels: &[usize], k: usize) -> (Vec<Normal>, Vec<f64>) {
    let own = |c: usize| labels.iter().map(|&label| f64::from(u8::from(label == c))).collect::<Vec<_>>();
    let mut normals: Vec<Normal> = (0..k).map(|c| Normal::of(points, &own(c))).collect();
    let mut likelihoods: Vec<f64> = Vec::new();
    while likelihoods.len() < 100 {
        let all = |&p: &Point| normals.iter().map(|normal| normal.at(p)).sum::<f64>();
        let sums: Vec<f64> = points.iter().map(all).collect();
        let likelihood = sums.iter().map(|sum| sum.ln()).sum::<f64>() / points.len() as f64;
        let share = |normal: &Normal| points.iter().zip(&sums).map(|(&p, sum)| normal.at(p) / sum).collect::<Vec<_>>();
        normals = normals.iter().map(|normal| Normal::of(points, &share(normal))).collect();
        let before = likelihoods.last().copied().unwrap_or(f64::NEG_INFINITY);
        likelihoods.push(likelihood);
        if (likelihood - before).abs() < 1e-3 {
            break;
        }
    }
    (normals, likelihoods)
}

/// Minority rows of `data`.
fn minority(data: &Dataset) -> Vec<Point> {
    data.x.iter().zip(&data.y).filter(|&(_, &class)| class == 1).map(|(&point, _)| point).collect()
}

#[test]
fn a_mixture_is_fitted_by_the_book_and_drawn_from_by_its_weights_and_covariances() {
    let mut rounds = 0;
    for seed in 0..16 {
        let data = clouds(&[90, 40], seed);
        let k = 1 + seed as usize % 4;
        let mut sampler = named("GaussianMixtureSampler");
        sampler.set("n_components", Value::Count(k as u32));
        let chain = run(&sampler, &data, seed).chain;
        let (stage, points) = (&chain.stages[0], minority(&data));
        let first = &stage.centers.first().expect("a first guess").at;
        let labels: Vec<usize> = points.iter().map(|&point| nearest_of(first, point)).collect();
        let (normals, likelihoods) = fit(&points, &labels, k);
        rounds += likelihoods.len();

        let likelihood = |step: &Step| match *step {
            Step::Iterate { iteration: 1.., moved } => Some(moved),
            _ => None,
        };
        let told: Vec<f64> = stage.steps.iter().filter_map(likelihood).collect();
        assert_eq!(told.len(), likelihoods.len(), "seed {seed}");
        assert!(told.iter().zip(&likelihoods).all(|(a, b)| is_near(*a, *b)), "seed {seed}: {told:?} {likelihoods:?}");
        let last = &stage.centers.last().expect("means").at;
        let components = weighed(&chain);
        for (c, normal) in normals.iter().enumerate() {
            let own = |p: &&Point| normals.iter().all(|other| other.at(**p) <= normal.at(**p));
            let (size, weight, _) = components[c];
            assert!(is_near(weight, normal.weight), "seed {seed}: {weight} {}", normal.weight);
            assert_eq!(size as usize, points.iter().filter(own).count(), "seed {seed}");
            assert!((0..2).all(|axis| is_near(last[c][axis], normal.mean[axis])), "seed {seed}");
        }

        let mut random = RandomState::new(seed);
        let picks: Vec<f64> = (0..50).map(|_| random.random_sample()).collect();
        for (new, pick) in (data.len()..).zip(picks) {
            let up_to = |c: usize| normals[..=c].iter().map(|normal| normal.weight).sum::<f64>();
            let component = (0..k).find(|&c| pick < up_to(c)).unwrap_or(k - 1);
            assert_eq!(chain.pool_origin[new], Origin::Component { component: component as u32 }, "seed {seed}");
            let z = [random.standard_normal(), random.standard_normal()];
            let (wanted, got) = (normals[component].draw(z), chain.pool_x[new]);
            assert!((0..2).all(|axis| is_near(got[axis], wanted[axis])), "seed {seed}: {got:?} {wanted:?}");
            let mean = normals[component].mean;
            let added = stage.steps.iter().position(|&step| step == Step::Add { row: new as u32 }).expect("a step");
            let scaled = |[x, y]: Point| [2.0 * x + 1.0, y];
            let code = code_line(&chain, added as u32 + 1, scaled).expect("a stage");
            let shown = |name: &str| {
                let (_, value) = code.variables.iter().find(|(of, _)| *of == name).expect("a variable");
                let text = value.to_string().replace('\u{2212}', "-");
                let (x, y) = text.trim_matches(['(', ')']).split_once(", ").expect("a place");
                [x, y].map(|number| number.parse::<f64>().expect("a number"))
            };
            let is_shown = |name: &str, wanted: Point| {
                let shown = shown(name);
                (0..2).all(|axis| (shown[axis] - wanted[axis]).abs() < 0.006)
            };
            assert!(is_shown("mean[c]", scaled(mean)), "{:?} {mean:?}", code.variables);
            assert!(is_shown("L[c] z", [2.0 * (got[0] - mean[0]), got[1] - mean[1]]), "{:?} {mean:?}", code.variables);
        }
        assert_eq!(chain.pool_x.len(), data.len() + 50);
    }
    assert!(rounds > 16 * 3, "there is something to iterate: {rounds}");
}
