drop table event_figures;
