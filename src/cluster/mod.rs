//! Clustering: centres that stand for the rows around them.
