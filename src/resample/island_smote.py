class IslandSMOTE(BaseOverSampler):
    """SMOTE inside each k-means cluster of the class; the smallest island first.

    Imbalance Lab's own, after T. Jo, N. Japkowicz, Class imbalances versus small
    disjuncts, 2004. The clusters are scikit-learn's: of two centres as near as the last
    bit can tell, another machine may choose the other.
    """

    _parameter_constraints = {}

    def __init__(
        self,
        *,
        sampling_strategy="auto",
        n_clusters=3,
        k_neighbors=5,
        random_state=None,
    ):
        super().__init__(sampling_strategy=sampling_strategy)
        self.n_clusters = n_clusters
        self.k_neighbors = k_neighbors
        self.random_state = random_state

    def _fit_resample(self, X, y):
        X_all, y_all = [X], [y]
        for label, n in self.sampling_strategy_.items():
            if n == 0:
                continue
            rows = X[y == label]
            k_means = KMeans(
                min(self.n_clusters, len(rows)), random_state=self.random_state
            )
            labels = k_means.fit(rows).labels_
            islands = [rows[labels == island] for island in np.unique(labels)]
            sizes = np.array([len(island) for island in islands])
            shares = np.zeros_like(sizes)
            for _ in range(n):
                shares[np.argmin(sizes + shares)] += 1
            rng = np.random.RandomState(self.random_state)
            for island, share in zip(islands, shares):
                k = min(self.k_neighbors, len(island) - 1)
                if share == 0:
                    continue
                if k == 0:
                    X_all.append(np.repeat(island, share, axis=0))
                    continue
                search = NearestNeighbors(n_neighbors=k + 1).fit(island)
                nearest = search.kneighbors(island, return_distance=False)[:, 1:]
                cell = rng.randint(0, nearest.size, share)
                gap = rng.uniform(size=(share, 1))
                base, to = island[cell // k], island[nearest.ravel()[cell]]
                X_all.append(base + gap * (to - base))
            y_all.append(np.full(n, label, dtype=y.dtype))
        return np.vstack(X_all), np.hstack(y_all)

