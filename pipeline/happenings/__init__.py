"""Events of all articles and stories grouped into happenings: ten reports of one veto are one."""
