drop table event_pictures;
