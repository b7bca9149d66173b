"""What-if: bans, quotas, tariffs and outages as edits to steps, routes, tariffs and dates.

The room stands between the assessment and the pipeline so that a scenario can edit the one and be run
by the other; no scenario is shipped in this version.
"""
