# Labels of mixed rows lie between 0 and 1; a row is counted where the larger part of it is.
soft_labels, y_resampled = y_resampled, (y_resampled >= 0.5).astype(int)
