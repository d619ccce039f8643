//! Minimal cost-complexity pruning: branches that gain less per leaf than a leaf costs are cut off.
//!
//! Breiman, Friedman, Olshen, Stone (1984), chapter 3: of all nodes the one is collapsed whose branch is the weakest,
//! `(R(node) - R(branch)) / (leaves - 1)`, as long as that is not above `ccp_alpha`.

use super::DecisionTree;

/// The tree without its weak branches, numbered anew from parent to left child to right child.
pub(super) fn prune(tree: DecisionTree, ccp_alpha: f64) -> DecisionTree {
    let is_leaf = leaves_after_pruning(&tree, ccp_alpha);
    let mut pruned = DecisionTree { nodes: Vec::new(), values: Vec::new(), ..tree.clone() };
    let mut stack: Vec<(usize, Option<(usize, bool)>)> = vec![(0, None)];
    while let Some((old, parent)) = stack.pop() {
        let id = pruned.nodes.len();
        if let Some((parent, is_left)) = parent
            && let Some(split) = &mut pruned.nodes[parent].split
        {
            *(if is_left { &mut split.left } else { &mut split.right }) = id as u32;
        }
        let mut node = tree.nodes[old];
        match node.split {
            Some(split) if !is_leaf[old] => {
                stack.push((split.right as usize, Some((id, false))));
                stack.push((split.left as usize, Some((id, true))));
            }
            _ => node.split = None,
        }
        pruned.nodes.push(node);
        pruned.values.extend_from_slice(tree.value(old));
    }
    pruned
}

fn leaves_after_pruning(tree: &DecisionTree, ccp_alpha: f64) -> Vec<bool> {
    let n = tree.nodes.len();
    let root_weight = tree.nodes[0].weighted_n_node_samples;
    let risk: Vec<f64> =
        tree.nodes.iter().map(|node| node.weighted_n_node_samples * node.impurity / root_weight).collect();
    let mut parent = vec![None; n];
    for (i, node) in tree.nodes.iter().enumerate() {
        for child in node.split.iter().flat_map(|split| [split.left, split.right]) {
            parent[child as usize] = Some(i);
        }
    }
    let mut is_leaf: Vec<bool> = tree.nodes.iter().map(|node| node.split.is_none()).collect();
    let (mut branch_risk, mut n_leaves) = (vec![0.0; n], vec![0i64; n]);
    for leaf in (0..n).filter(|&i| is_leaf[i]) {
        branch_risk[leaf] = risk[leaf];
        let mut above = parent[leaf];
        while let Some(node) = above {
            branch_risk[node] += risk[leaf];
            n_leaves[node] += 1;
            above = parent[node];
        }
    }

    let mut may_go: Vec<bool> = is_leaf.iter().map(|leaf| !leaf).collect();
    while may_go[0] {
        let mut weakest = (f64::INFINITY, 0);
        for i in (0..n).filter(|&i| may_go[i]) {
            let gain_per_leaf = (risk[i] - branch_risk[i]) / (n_leaves[i] - 1) as f64;
            if gain_per_leaf < weakest.0 {
                weakest = (gain_per_leaf, i);
            }
        }
        // also when no gain is below infinity
        if ccp_alpha < weakest.0 {
            break;
        }
        let cut = weakest.1;
        let mut stack = vec![cut];
        while let Some(i) = stack.pop() {
            may_go[i] = false;
            stack.extend(tree.nodes[i].split.iter().flat_map(|split| [split.left as usize, split.right as usize]));
        }
        is_leaf[cut] = true;
        let (fewer_leaves, more_risk) = (n_leaves[cut] - 1, risk[cut] - branch_risk[cut]);
        n_leaves[cut] = 0;
        branch_risk[cut] = risk[cut];
        let mut above = parent[cut];
        while let Some(node) = above {
            n_leaves[node] -= fewer_leaves;
            branch_risk[node] += more_risk;
            above = parent[node];
        }
    }
    is_leaf
}
