class GaussianMixtureSampler(BaseOverSampler):
    """Draws new rows from a Gaussian mixture fitted to the class.

    Imbalance Lab's own: in two columns it stands in for what GAN and CTGAN do in many.
    The fit is scikit-learn's, whose last bit may differ between machines.

    GaussianMixture.sample would draw in another order, and with signs that depend on
    the linear algebra library; these five lines give the same rows everywhere.
    """

    _parameter_constraints = {}

    def __init__(self, *, sampling_strategy="auto", n_components=3, random_state=None):
        super().__init__(sampling_strategy=sampling_strategy)
        self.n_components = n_components
        self.random_state = random_state

    def _fit_resample(self, X, y):
        X_all, y_all = [X], [y]
        for label, n in self.sampling_strategy_.items():
            if n == 0:
                continue
            rows = X[y == label]
            mixture = GaussianMixture(
                min(self.n_components, len(rows)), random_state=self.random_state
            ).fit(rows)
            rng = np.random.RandomState(self.random_state)
            part = rng.choice(mixture.n_components, size=n, p=mixture.weights_)
            z = rng.standard_normal((n, X.shape[1]))
            root = np.linalg.cholesky(mixture.covariances_)[part]
            new = mixture.means_[part] + np.einsum("nij,nj->ni", root, z)
            constant = np.ptp(rows, axis=0) == 0
            new[:, constant] = rows[0, constant]
            X_all.append(new)
            y_all.append(np.full(n, label, dtype=y.dtype))
        return np.vstack(X_all), np.hstack(y_all)

