class OnlyTypes(BaseEstimator):
    """Lets an over-sampler see only some types of minority rows (Imbalance Lab's own).

    A row's type follows from the classes of its k nearest other rows (Napierala and
    Stefanowski 2016). Rows left out come back afterwards, the new rows after them.
    """

    def __init__(self, sampler, types, k=5):
        self.sampler, self.types, self.k = sampler, types, k

    def fit_resample(self, X, y):
        add = check_sampling_strategy(self.sampler.sampling_strategy, y, "over-sampling")
        near = NearestNeighbors(n_neighbors=self.k).fit(X).kneighbors(return_distance=False)
        own = (y[near] == y[:, np.newaxis]).sum(axis=1)
        names = ["safe", "borderline", "rare"]
        types = np.select([10 * own > 7 * self.k, 10 * own >= 3 * self.k, own > 0], names, "outlier")
        grows = np.isin(y, [label for label, n in add.items() if n > 0])
        seen = ~grows | np.isin(types, self.types)
        goal = {label: int(np.sum(y[seen] == label)) + n for label, n in add.items()}
        sampler = clone(self.sampler).set_params(sampling_strategy=goal)
        X_new, y_new = sampler.fit_resample(X[seen], y[seen])
        n_seen = int(seen.sum())
        return np.vstack([X, X_new[n_seen:]]), np.append(y, y_new[n_seen:])

