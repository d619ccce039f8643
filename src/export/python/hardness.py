# How hard each training row is, by the classes of its nearest other rows: more than 70 % of
# its own is safe, 30 % or more borderline, any rare, none an outlier (Napierala, Stefanowski 2016).
hardness = None
if len(space) > HARDNESS_NEIGHBORS:
    search = NearestNeighbors(n_neighbors=HARDNESS_NEIGHBORS).fit(space)
    near = search.kneighbors(return_distance=False)
    own = (y_train[near] == y_train[:, np.newaxis]).sum(axis=1)
    hardness_names = ["safe", "borderline", "rare"]
    types = np.select(
        [10 * own > 7 * HARDNESS_NEIGHBORS, 10 * own >= 3 * HARDNESS_NEIGHBORS, own > 0],
        hardness_names,
        "outlier",
    )
    hardness = {
        label: {name: int(np.sum(types[y_train == value] == name)) for name in [*hardness_names, "outlier"]}
        for value, label in enumerate(["majority", "minority"])
    }
