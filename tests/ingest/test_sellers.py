"""Makers by the names of models."""

from __future__ import annotations

import pytest

from ingest.model_rates.sellers import maker_of


@pytest.mark.parametrize(
    ("model", "maker"),
    [
        ("us.writer.palmyra-x5-v1:0", "writer"),
        ("gemini-2.5-computer-use-preview-10-2025", "google"),
        ("computer-use-preview", "openai"),
        ("thinkingmachines/Inkling-Small", "thinkingmachines"),
        ("starling-lm-7b-beta", "nexusflow"),
        ("inclusionai/ling-1t", "ant"),
        ("code-supernova", ""),
        ("lucidnova-rf1-100b", ""),
        ("NovaSky-AI/Sky-T1-32B-Preview", "novasky"),
        ("meganova-ai/manta-pro-1.0", "meganova"),
        ("us.amazon.nova-pro-v1:0", "amazon"),
        ("nova-lite-v1", "amazon"),
        ("nova-2-phonecall", "deepgram"),
        ("deepseek-r1-distill-llama-70b", "deepseek"),
        ("deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", "deepseek"),
        ("nvidia/llama-3.3-nemotron-super-49b-v1.5", "nvidia"),
        ("luminous-base", "aleph-alpha"),
        ("meta-llama/llama-3.1-8b-instruct", "meta"),
    ],
)
def test_a_maker_is_read_off_the_name(model: str, maker: str) -> None:
    assert maker_of(model) == maker
