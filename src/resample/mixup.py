class Mixup(BaseOverSampler):
    """Mixes rows of a class with rows of the others, and their labels with them.

    Imbalance Lab's own, after H. Zhang and others, mixup: beyond empirical risk
    minimization, 2018, and (remix) H.-P. Chou and others, Remix: rebalanced mixup, 2020.
    y of a mixed row lies between 0 and 1: it says how much of the row is class 1.
    """

    _parameter_constraints = {}

    def __init__(
        self, *, sampling_strategy="auto", alpha=1.0, remix=False, random_state=None
    ):
        super().__init__(sampling_strategy=sampling_strategy)
        self.alpha = alpha
        self.remix = remix
        self.random_state = random_state

    def _fit_resample(self, X, y):
        rng = np.random.RandomState(self.random_state)
        X_all, y_all = [X], [y.astype(float)]
        for label, n in self.sampling_strategy_.items():
            if n == 0:
                continue
            own, others = np.flatnonzero(y == label), np.flatnonzero(y != label)
            a = own[rng.randint(0, len(own), size=n)]
            b = others[rng.randint(0, len(others), size=n)]
            share = rng.beta(self.alpha, self.alpha, size=n)
            share = np.maximum(share, 1 - share)
            X_all.append(X[a] + (1 - share)[:, np.newaxis] * (X[b] - X[a]))
            if self.remix and len(others) >= 3 * len(own):
                share = np.where(share > 0.5, 1.0, share)
            y_all.append(share * label + (1 - share) * (1 - label))
        X, y_new = np.vstack(X_all), np.hstack(y_all)
        # Where no label is mixed, they stay what they were.
        soft = np.any((y_new > 0) & (y_new < 1))
        return X, y_new if soft else y_new.astype(y.dtype)


class SoftLabels(ClassifierMixin, BaseEstimator):
    """Fits a classifier to labels between 0 and 1.

    Such a row counts once per class, with the parts of its label as weights: the log
    loss is linear in the label, so that is the loss of the soft label.
    """

    def __init__(self, classifier):
        self.classifier = classifier

    def fit(self, X, y):
        soft, minority = (y > 0) & (y < 1), y >= 0.5
        weight = np.where(minority, y, 1 - y)
        self.classifier_ = clone(self.classifier).fit(
            np.vstack([X, X[soft]]),
            np.hstack([minority, ~minority[soft]]).astype(int),
            sample_weight=np.hstack([weight, 1 - weight[soft]]),
        )
        self.classes_ = np.array([0, 1])
        return self

    def predict_proba(self, X):
        # A class that is gone has no column.
        shares = np.zeros((len(X), 2))
        shares[:, self.classifier_.classes_] = self.classifier_.predict_proba(X)
        return shares

