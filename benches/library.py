"""Times the libraries' samplers and fits on given rows; prints one list of milliseconds per call.

A call that takes longer than the limit is stopped, and null stands in its place; one that fails ends it all.
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
    first = milliseconds(**item)  # loads code, which counts only where everything else is short
    pipe.send(first)
    times, start = [], time.perf_counter()
    while first < 5000 * ENOUGH and len(times) < work["repeats"] and time.perf_counter() - start < ENOUGH:
        times.append(milliseconds(**item))
    pipe.send(times or [first])


results = []
for item in work["calls"]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=measure, args=(theirs, item))
    process.start()
    theirs.close()
    try:
        # The second answer is a matter of seconds.
        results.append(ours.recv() and ours.recv() if ours.poll(work["limit"]) else None)
    except EOFError:
        sys.exit(f"{item['call']} failed")
    process.kill()
    process.join()
print(json.dumps(results))
