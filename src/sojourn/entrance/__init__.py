"""How somebody comes in: log-ins that can be seen and ended, invitations to posts, paper slips for minors."""
