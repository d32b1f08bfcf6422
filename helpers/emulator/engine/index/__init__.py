"""Indexes over the records of one Workspace, so that nothing is looked for one by one."""
