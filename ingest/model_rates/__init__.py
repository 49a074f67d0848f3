"""What the adapters of model prices share: sellers, makers, meters, and the way from registries to rows.

A registry lists models by seller with their rates, version after version. Its rates become intervals by the
rule of `ingest.price_states`. The number printed is kept with its own unit (per token, per thousand, per
million) and without binary noise; amounts per million tokens are generated from it. Zero stands for a free
offer, for an unknown price and for what is not billed: it is taken as free where the model's own name or a
documented source says so, else as unknown.
"""

__all__: list[str] = []
