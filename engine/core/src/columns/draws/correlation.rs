//! Correlated assumptions: a Gaussian copula, as weights on independent normal numbers.

use std::collections::BTreeMap;

use crate::pack::Pack;

/// For each correlated assumption its weights on independent normal numbers, by address.
pub(super) type Weights = BTreeMap<String, Vec<(String, f64)>>;

/// The Cholesky factor of the correlation matrix, taken over all correlated assumptions in the order
/// of their addresses (assumptions of other groups get weight 0 and are left out).
pub(super) fn weights(pack: &Pack) -> Weights {
    let address = |(owner, name): &(String, String)| format!("{owner}.{name}");
    let mut names: Vec<String> = pack.plan.correlations.iter().flat_map(|pair| pair.between.iter().map(address)).collect();
    names.sort();
    names.dedup();
    let size = names.len();
    let mut matrix = vec![vec![0.0; size]; size];
    for (n, row) in matrix.iter_mut().enumerate() {
        row[n] = 1.0;
    }
    for pair in &pack.plan.correlations {
        let places = pair.between.each_ref().map(|member| names.binary_search(&address(member)).ok());
        if let [Some(a), Some(b)] = places {
            matrix[a][b] = pair.coefficient;
            matrix[b][a] = pair.coefficient;
        }
    }
    let factor = cholesky(&matrix);
    let row = |n: usize| {
        factor[n].iter().zip(&names).filter(|(weight, _)| **weight != 0.0).map(|(weight, name)| (name.clone(), *weight)).collect()
    };
    names.iter().enumerate().map(|(n, name)| (name.clone(), row(n))).collect()
}

/// The lower triangular factor of a positive semidefinite matrix (checked when the plan was read).
fn cholesky(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let size = matrix.len();
    let mut factor = vec![vec![0.0; size]; size];
    for i in 0..size {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| factor[i][k] * factor[j][k]).sum();
            let rest = matrix[i][j] - sum;
            factor[i][j] = if i == j {
                rest.max(0.0).sqrt()
            } else if factor[j][j] > 1e-12 {
                rest / factor[j][j]
            } else {
                0.0
            };
        }
    }
    factor
}
