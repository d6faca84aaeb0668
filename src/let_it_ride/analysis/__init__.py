"""What sessions bring, exactly."""
