//! The support vector classifier, scikit-learn's `SVC`: C-SVC, one against one when there are more than two classes.

use super::cache::CACHE_BYTES;
use super::q_matrix::QMatrix;
use super::smo::{Problem, Solution, Stop, solve};
use super::{DEFAULT_TOL, FittedSvc, Kernel, ResolvedKernel, SvmError, check, counted};
use crate::base::{Class, Rows};
use crate::model::{ClassWeight, balanced_class_weight};

/// What scikit-learn calls `SVC`.
///
/// ```
/// use imbalance_lab::base::Rows;
/// use imbalance_lab::model::svm::SupportVectorClassifier;
///
/// let x = Rows::from_points(&[[0.0, 0.0], [1.0, 0.0], [3.0, 1.0], [4.0, 1.0]]);
/// let svc = SupportVectorClassifier::default().fit(&x, &[0, 0, 1, 1], None).unwrap();
/// assert_eq!((svc.predict(&[0.5, 0.2]), svc.predict(&[3.5, 0.8])), (0, 1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SupportVectorClassifier {
    /// What a row inside the margin may cost; infinity is a hard margin.
    pub c: f64,
    /// The kernel.
    pub kernel: Kernel,
    /// Weights of the classes, which multiply `c`; with three classes [`ClassWeight::Ratio`] is that of class 1.
    pub class_weight: ClassWeight,
    /// Largest violation of the optimality conditions that is left alone.
    pub tol: f64,
    /// Whether rows that seem settled are left out for a while.
    pub shrinking: bool,
    /// Largest number of steps per pair of classes; `None` is no limit.
    pub max_iter: Option<u64>,
}

impl Default for SupportVectorClassifier {
    /// scikit-learn's defaults.
    fn default() -> Self {
        Self {
            c: 1.0,
            kernel: Kernel::default(),
            class_weight: ClassWeight::None,
            tol: DEFAULT_TOL,
            shrinking: true,
            max_iter: None,
        }
    }
}

/// The solution for two classes.
struct PairSolution {
    /// Positions of the two among the classes.
    classes: [usize; 2],
    /// Row and signed coefficient of the support vectors; those of the first class are positive.
    coefficients: Vec<(u32, f64)>,
    solution: Solution,
}

impl SupportVectorClassifier {
    /// Fits; a row's weight multiplies its `c`, and one whose weight is not above 0 is left out.
    ///
    /// Rows keep their numbers also when others are left out. (scikit-learn 1.9 then counts `support_` among the rows
    /// that remain.)
    pub fn fit(&self, x: &Rows, y: &[Class], sample_weight: Option<&[f64]>) -> Result<FittedSvc, SvmError> {
        if self.c.is_nan() || self.c <= 0.0 {
            let range = "a float in the range (0.0, inf]";
            return Err(SvmError::Parameter { estimator: "SVC", name: "C", range, got: self.c });
        }
        let stop = Stop { tol: self.tol, max_iter: self.max_iter, shrinking: self.shrinking };
        check("SVC", self.kernel, stop, x, sample_weight)?;
        if y.len() != x.len() {
            return Err(SvmError::Lengths);
        }
        if matches!(self.class_weight, ClassWeight::Ratio(ratio) if ratio.is_nan()) {
            return Err(SvmError::Weight);
        }
        let mut classes = y.to_vec();
        classes.sort_unstable();
        classes.dedup();
        if classes.len() < 2 {
            return Err(SvmError::OneClass);
        }

        let kept = counted(x.len(), sample_weight);
        let rows_of = |class: Class| -> Vec<u32> { kept.iter().copied().filter(|&i| y[i as usize] == class).collect() };
        let members: Vec<Vec<u32>> = classes.iter().map(|&class| rows_of(class)).collect();
        match members.iter().filter(|rows| !rows.is_empty()).count() {
            0 => return Err(SvmError::NoWeight),
            1 => return Err(SvmError::OneWeightedClass),
            _ => {}
        }

        let kernel = self.kernel.resolve(x);
        let weights = self.weights(&classes, y);
        let bounds = |class: usize| -> Vec<f64> {
            let row_weight = |&i: &u32| sample_weight.map_or(1.0, |w| w[i as usize]);
            members[class].iter().map(|i| row_weight(i) * (self.c * weights[class])).collect()
        };
        let mut pairs = Vec::new();
        for i in 0..classes.len() {
            for j in i + 1..classes.len() {
                let c = [bounds(i), bounds(j)].concat();
                pairs.push(solve_pair(kernel, x, &members, [i, j], c, stop));
            }
        }
        assemble(x, classes, &members, kernel, &pairs)
    }

    /// Weights of the classes, from all rows, whatever these weigh.
    fn weights(&self, classes: &[Class], y: &[Class]) -> Vec<f64> {
        match self.class_weight {
            ClassWeight::None => vec![1.0; classes.len()],
            ClassWeight::Ratio(ratio) => classes.iter().map(|&class| if class == 1 { ratio } else { 1.0 }).collect(),
            ClassWeight::Balanced => {
                let count = |&class: &Class| y.iter().filter(|&&label| label == class).count() as f64;
                balanced_class_weight(&classes.iter().map(count).collect::<Vec<_>>())
            }
        }
    }
}

/// The first of two classes, whose sign is +1, against the second.
fn solve_pair(
    kernel: ResolvedKernel,
    x: &Rows,
    members: &[Vec<u32>],
    classes: [usize; 2],
    c: Vec<f64>,
    stop: Stop,
) -> PairSolution {
    let [first, second] = classes.map(|class| members[class].as_slice());
    let order = [first, second].concat();
    let n = order.len();
    let y: Vec<f64> = (0..n).map(|i| if i < first.len() { 1.0 } else { -1.0 }).collect();
    let q = QMatrix::new(kernel, x.take(&order), y.clone(), CACHE_BYTES);
    let problem = Problem { q, p: vec![-1.0; n], y: y.clone(), c, alpha: vec![0.0; n] };
    let solution = solve(problem, stop);
    let signed = order.iter().zip(&solution.alpha).zip(&y).map(|((&row, &alpha), &y)| (row, alpha * y));
    let coefficients = signed.filter(|(_, coefficient)| coefficient.abs() > 0.0).collect();
    PairSolution { classes, coefficients, solution }
}

/// Support vectors of all pairs, class by class, each with its coefficient in every pair that its class is part of.
fn assemble(
    x: &Rows,
    classes: Vec<Class>,
    members: &[Vec<u32>],
    kernel: ResolvedKernel,
    pairs: &[PairSolution],
) -> Result<FittedSvc, SvmError> {
    let mut is_support = vec![false; x.len()];
    let all = pairs.iter().flat_map(|pair| &pair.coefficients);
    all.for_each(|&(row, _)| is_support[row as usize] = true);
    let support_of =
        |rows: &Vec<u32>| -> Vec<u32> { rows.iter().copied().filter(|&i| is_support[i as usize]).collect() };
    let by_class: Vec<Vec<u32>> = members.iter().map(support_of).collect();
    let n_support: Vec<u32> = by_class.iter().map(|rows| rows.len() as u32).collect();
    let support = by_class.concat();
    let mut position = vec![0; x.len()];
    support.iter().enumerate().for_each(|(at, &row)| position[row as usize] = at);

    // of two classes the larger label is the positive one, although the solver counts it as negative
    let sign = if classes.len() == 2 { -1.0 } else { 1.0 };
    let mut dual_coef = vec![vec![0.0; support.len()]; classes.len() - 1];
    let mut intercept = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let [first, second] = pair.classes;
        for &(row, coefficient) in &pair.coefficients {
            // a class has no line against itself: those of later classes stand one higher
            let line = if members[first].binary_search(&row).is_ok() { second - 1 } else { first };
            dual_coef[line][position[row as usize]] = sign * coefficient;
        }
        intercept.push(-sign * pair.solution.rho);
    }
    if dual_coef.iter().flatten().chain(&intercept).any(|v| !v.is_finite()) {
        return Err(SvmError::NotFinite);
    }
    Ok(FittedSvc {
        vectors: x.take(&support),
        classes,
        kernel,
        support,
        n_support,
        dual_coef,
        intercept,
        n_iter: pairs.iter().map(|pair| pair.solution.n_iter).collect(),
        converged: pairs.iter().all(|pair| pair.solution.converged),
    })
}
