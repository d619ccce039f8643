"""Times the libraries' samplers and fits on given rows; prints one list of milliseconds per call."""

import json
import sys
import time

import numpy as np
from imblearn.over_sampling import SMOTE, BorderlineSMOTE, RandomOverSampler
from imblearn.under_sampling import RandomUnderSampler, TomekLinks
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures

NAMES = [
    SMOTE, BorderlineSMOTE, RandomOverSampler, RandomUnderSampler, TomekLinks,
    LogisticRegression, make_pipeline, PolynomialFeatures,
]

with open(sys.argv[1]) as file:
    work = json.load(file)
x, y = np.array(work["x"]), np.array(work["y"])
known = {name.__name__: name for name in NAMES}


def milliseconds(call, stage):
    estimator = eval(call, known)
    start = time.perf_counter()
    estimator.fit(x, y) if stage == "model" else estimator.fit_resample(x, y)
    return 1000 * (time.perf_counter() - start)


times = []
for item in work["calls"]:
    milliseconds(**item)  # the first call loads code
    times.append([milliseconds(**item) for _ in range(work["repeats"])])
print(json.dumps(times))
