# How little distances tell apart: (farthest - nearest) / nearest, the median over the first
# 20 minority rows, each compared with the first 2,000 rows.
contrasts = []
for row in np.flatnonzero(y_train == 1)[:20]:
    distances = np.sqrt(((space[:2000] - space[row]) ** 2).sum(axis=1))
    others = np.delete(distances, row) if row < len(distances) else distances
    if others.min() > 0:
        contrasts.append((others.max() - others.min()) / others.min())
relative_contrast = float(np.median(contrasts)) if contrasts else None

