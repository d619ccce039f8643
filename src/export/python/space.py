# The training rows as the samplers see them: after the scaler, when there is one.
space = X_train
for _, step in pipe.steps:
    if type(step).__name__ == "StandardScaler":
        space = step.transform(space)
