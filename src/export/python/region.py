# The rows inside a line through these corners, by the even-odd rule, and how the model does among them.
def is_inside(points):
    inside = np.zeros(len(points), dtype=bool)
    for (ax, ay), (bx, by) in zip(REGION, REGION[1:] + REGION[:1]):
        crossed = (ay > points[:, 1]) != (by > points[:, 1])
        y = points[crossed, 1]
        inside[crossed] ^= points[crossed, 0] < (bx - ax) * (y - ay) / (by - ay) + ax
    return inside


among = is_inside(X_test)
y_among, said = y_test[among], predictions[among]
region = {
    "train": count(y_train[is_inside(X_train)]),
    "test": count(y_among),
    # Counted by hand: confusion_matrix refuses a region without rows.
    "confusion": {
        "tn": int(np.sum((y_among == 0) & (said == 0))),
        "fp": int(np.sum((y_among == 0) & (said == 1))),
        "fn": int(np.sum((y_among == 1) & (said == 0))),
        "tp": int(np.sum((y_among == 1) & (said == 1))),
    },
}
