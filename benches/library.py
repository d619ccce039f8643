"""Times the libraries' samplers and fits on given rows; prints one list of milliseconds per call.

A call that takes longer than the limit is stopped, and null stands in its place.
"""

import json
import multiprocessing
import sys
import time

import imblearn.combine
import imblearn.over_sampling
import imblearn.under_sampling
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures

known = {name.__name__: name for name in (LogisticRegression, make_pipeline, PolynomialFeatures)}
for module in (imblearn.combine, imblearn.over_sampling, imblearn.under_sampling):
    known |= {name: getattr(module, name) for name in module.__all__}

with open(sys.argv[1]) as file:
    work = json.load(file)
x, y = np.array(work["x"]), np.array(work["y"])
ENOUGH = 2.0  # seconds spent on one call


def milliseconds(call, stage):
    estimator = eval(call, dict(known))
    start = time.perf_counter()
    estimator.fit(x, y) if stage == "model" else estimator.fit_resample(x, y)
    return 1000 * (time.perf_counter() - start)


def measure(pipe, item):
    times = [milliseconds(**item)]  # the first call loads code
    start = time.perf_counter()
    while len(times) <= work["repeats"] and (len(times) == 1 or time.perf_counter() - start < ENOUGH):
        times.append(milliseconds(**item))
    pipe.send(times[1:])


results = []
for item in work["calls"]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=measure, args=(theirs, item))
    process.start()
    theirs.close()
    try:
        # One call to warm up and at least one to measure, each within the limit.
        results.append(ours.recv() if ours.poll(2 * work["limit"]) else None)
    except EOFError:
        results.append(None)
    process.kill()
    process.join()
print(json.dumps(results))
