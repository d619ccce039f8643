"""Runs exported scripts one after the other in one process, because importing the libraries takes longer than a run.

Reads one path per line from standard input and prints one line of JSON per script: its output, or its error, and the
warnings of scikit-learn that its solver did not arrive.
"""

import contextlib
import io
import json
import sys
import warnings

for path in sys.stdin.read().splitlines():
    with open(path, encoding="utf-8") as file:
        source = file.read()
    out = io.StringIO()
    sys.argv = [path, "--json"]
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(out):
        warnings.simplefilter("always")
        try:
            exec(compile(source, path, "exec"), {"__name__": "__main__"})
            answer = {"result": json.loads(out.getvalue())}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
    words = ("converge", "hessian", "ill-conditioned", "line search")
    texts = {str(w.message).splitlines()[0] for w in caught}
    answer["unsolved"] = sorted(t for t in texts if any(word in t.lower() for word in words))
    print(json.dumps(answer), flush=True)
