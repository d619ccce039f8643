//! Resampling: each sampler does its work by emitting steps, and its result is what the steps did.

mod spec;
mod step;

pub use spec::{BorderlineKind, Sampler, SamplerStage, SamplingStrategy};
pub use step::{Chain, NeighborTable, Origin, OutputOrder, RowId, StageTrace, Step, TableUse};
