# The rows inside a line through these corners, by the even-odd rule, and how the model does among them.
def is_inside(points):
    inside = np.zeros(len(points), dtype=bool)
    for (ax, ay), (bx, by) in zip(REGION, REGION[1:] + REGION[:1]):
        crossed = (ay > points[:, 1]) != (by > points[:, 1])
        y = points[crossed, 1]
        inside[crossed] ^= points[crossed, 0] < (bx - ax) * (y - ay) / (by - ay) + ax
    return inside


among = is_inside(X_test)
tn_in, fp_in, fn_in, tp_in = confusion_matrix(y_test[among], predictions[among], labels=[0, 1]).ravel().tolist()
region = {
    "train": count(y_train[is_inside(X_train)]),
    "test": count(y_test[among]),
    "confusion": {"tn": tn_in, "fp": fp_in, "fn": fn_in, "tp": tp_in},
}
