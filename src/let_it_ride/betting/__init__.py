"""What is staked: betting systems and bonus policies as tables of states, amounts in cents."""
