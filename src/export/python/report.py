# The rows that the model was fitted on: the same steps once more, up to the model.
X_resampled, y_resampled = X_train, y_train
for _, step in pipe.steps:
    if hasattr(step, "fit_resample"):
        X_resampled, y_resampled = step.fit_resample(X_resampled, y_resampled)
    elif type(step).__name__ == "StandardScaler":
        X_resampled = step.transform(X_resampled)


def count(labels):
    return {"majority": int(np.sum(labels == 0)), "minority": int(np.sum(labels == 1))}


counts = {
    "data": count(y),
    "train": count(y_train),
    "resampled": count(y_resampled),
    "test": count(y_test),
}
tn, fp, fn, tp = confusion_matrix(y_test, predictions, labels=[0, 1]).ravel().tolist()
precision, recall, _ = precision_recall_curve(y_test, scores)
metrics = {
    "accuracy_score": accuracy_score(y_test, predictions),
    "balanced_accuracy_score": balanced_accuracy_score(y_test, predictions),
    "precision_score": precision_score(y_test, predictions, zero_division=0),
    "recall_score": recall_score(y_test, predictions, zero_division=0),
    "specificity_score": recall_score(y_test, predictions, pos_label=0, zero_division=0),
    "f1_score": f1_score(y_test, predictions, zero_division=0),
    "fbeta_score": fbeta_score(y_test, predictions, beta=2, zero_division=0),
    "geometric_mean_score": geometric_mean_score(y_test, predictions),
    "matthews_corrcoef": matthews_corrcoef(y_test, predictions),
    "cohen_kappa_score": cohen_kappa_score(y_test, predictions),
    "roc_auc_score": roc_auc_score(y_test, scores),
    "average_precision_score": average_precision_score(y_test, scores),
    # The trapezoid joins the points of the curve by straight lines, which promises a little too much.
    "auc": auc(recall, precision),
    "brier_score_loss": brier_score_loss(y_test, scores, pos_label=1),
    "log_loss": log_loss(y_test, scores, labels=[0, 1]),
}

if "--json" in sys.argv[1:]:
    # JSON has no NaN: a value that is not defined is null.
    result = {
        "counts": counts,
        "confusion": {"tn": tn, "fp": fp, "fn": fn, "tp": tp},
        "metrics": {name: None if np.isnan(v) else float(v) for name, v in metrics.items()},
        "scores": scores.tolist(),
        "resampled": {"x": X_resampled[:, :2].tolist(), "y": y_resampled.tolist()},
    }
    print(json.dumps(result))
else:
    print("Rows            majority  minority")
    for name, c in counts.items():
        print(f"  {name:<12}{c['majority']:>10}{c['minority']:>10}")
    print(f"\nTest rows at threshold {THRESHOLD:g}")
    print("                 predicted -  predicted +")
    print(f"  actual -    {tn:>14}{fp:>13}")
    print(f"  actual +    {fn:>14}{tp:>13}\n")
    for name, value in metrics.items():
        print(f"  {name:<26}{value:.4f}")
